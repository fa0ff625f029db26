import { useMemo } from 'react'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useFeedOpen } from '~/api/feed'
import { useMe, useSigning } from '~/api/session'
import { ConnectionBanner } from '~/kit/ConnectionBanner'
import { Palette } from '~/kit/Palette'
import { type Command, useCommands } from '~/kit/palette'
import { useLanguage } from '~/kit/words'
import classes from './app.module.css'
import { pagesOf } from './pages'
import { Top } from './Top'
import { useWords } from './words'

/** Everything round a page of somebody who has signed in. */
export function Shell() {
  const { lost } = useSigning()
  useFeedOpen(lost)
  usePageCommands()
  const atDesk = useLocation().pathname.startsWith('/desk')
  return (
    <div className={classes.shell}>
      <ConnectionBanner />
      {!atDesk && <Top />}
      <main className={classes.page}><Outlet /></main>
      <Palette />
    </div>
  )
}

function usePageCommands(): void {
  const me = useMe()
  const say = useWords()
  const go = useNavigate()
  const language = useLanguage()
  const commands = useMemo<Command[]>(
    () => pagesOf(me).map((page) => ({ id: page.path, group: say('commands'), title: say('go_to', { page: say(page.word) }), run: () => void go(page.path) })),
    [me, say, go, language],
  )
  useCommands('pages', commands)
}
