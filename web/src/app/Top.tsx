import { UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { NavLink } from 'react-router'
import { may, useMe } from '~/api/session'
import { MeMenu } from '~/kit/MeMenu'
import { openPalette } from '~/kit/palette'
import { pagesOf } from '~/kit/pages'
import { KeyHint, Mark } from '~/kit/small'
import { useSecond } from '~/kit/Timer'
import { useLanguage } from '~/kit/words'
import { Unheard } from '~/phone/voicemail/Unheard'
import classes from './app.module.css'
import { useWords as useKitWords } from '~/kit/words.kit'
import { useWords } from './words'

/** The bar of every page but the operator's desk, which has a bar of its own. */
export function Top() {
  const me = useMe()
  const say = useWords()
  const sayKit = useKitWords()
  return (
    <header className={classes.top}>
      <Mark />
      <nav className={classes.nav} aria-label={say('main_navigation')}>
        {pagesOf(me).map((page) => <NavLink key={page.path} to={page.path} className={classes.tab}>{sayKit(page.word)}</NavLink>)}
      </nav>
      {may(me, 'call') && <Unheard />}
      <span className={classes.grow} />
      <FindButton />
      <Clock />
      <MeMenu />
    </header>
  )
}

export function FindButton() {
  const say = useWords()
  return (
    <UnstyledButton className={classes.find} onClick={openPalette} aria-label={say('find')}>
      <IconSearch size={14} /><span className={classes.findText}>{say('find')}</span><KeyHint>Ctrl K</KeyHint>
    </UnstyledButton>
  )
}

function Clock() {
  const language = useLanguage()
  const now = useSecond()
  return <span className={`num ${classes.clock}`}>{new Date(now).toLocaleTimeString(language === 'ru' ? 'ru-RU' : 'en-GB')}</span>
}
