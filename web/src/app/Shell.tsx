import { useMemo } from 'react'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useFeedOpen } from '~/api/feed'
import { may, useMe, useSigning } from '~/api/session'
import { ConnectionBanner } from '~/kit/ConnectionBanner'
import { Palette } from '~/kit/Palette'
import { type Command, useCommands } from '~/kit/palette'
import { pagesOf } from '~/kit/pages'
import { useLanguage } from '~/kit/words'
import { useWords as useKitWords } from '~/kit/words.kit'
import { CallStrip } from '~/phone/CallStrip'
import { Phone } from '~/phone/Phone'
import classes from './app.module.css'
import { Top } from './Top'
import { useWords } from './words'

/** Everything round a page of somebody who has signed in. */
export function Shell() {
  const { lost } = useSigning()
  useFeedOpen(lost)
  usePageCommands()
  const { pathname } = useLocation()
  const home = may(useMe(), 'serve') ? '/desk' : '/phone'
  const atDesk = pathname.startsWith('/desk')
  return (
    <div className={classes.shell}>
      <ConnectionBanner />
      {!atDesk && <Top />}
      <Phone />
      {!atDesk && !pathname.startsWith('/phone') && <CallStrip home={home} />}
      <main className={classes.page}><Outlet /></main>
      <Palette />
    </div>
  )
}

function usePageCommands(): void {
  const me = useMe()
  const say = useWords()
  const sayKit = useKitWords()
  const go = useNavigate()
  const language = useLanguage()
  const commands = useMemo<Command[]>(
    () => pagesOf(me).map((page) => ({ id: page.path, group: say('commands'), title: say('go_to', { page: sayKit(page.word) }), run: () => void go(page.path) })),
    [me, say, sayKit, go, language],
  )
  useCommands('pages', commands)
}
