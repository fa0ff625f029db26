import { Menu, SegmentedControl, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconChevronDown, IconLogout } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useMe, useSigning } from '~/api/session'
import classes from './kit.module.css'
import { ModesInMenu } from './modes/ModeSwitch'
import { type MainPage, pagesOf } from './pages'
import { tellRefusal } from './refusals'
import { setLanguage, useLanguage, type Language } from './words'
import { useWords } from './words.kit'

/** Who is signed in: language, light or dark, and the way out; the other pages, too, where no bar shows them. */
export function MeMenu({ away }: { away?: MainPage['path'] }) {
  const me = useMe()
  const say = useWords()
  const { signOut } = useSigning()
  return (
    <Menu position="bottom-end" width={260} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.me} aria-label={say('menu_of', { name: me.name })}>{me.name}<IconChevronDown size={13} /></UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {away !== undefined && pagesOf(me).filter(({ path }) => path !== away).map((page) => (
          <Menu.Item key={page.path} component={Link} to={page.path} closeMenuOnClick>{say(page.word)}</Menu.Item>
        ))}
        {away !== undefined && <Menu.Divider />}
        <ModesInMenu />
        <Menu.Label>{say('language')}</Menu.Label>
        <div className={classes.menuLine}><LanguageChoice /></div>
        <Menu.Label>{say('appearance')}</Menu.Label>
        <div className={classes.menuLine}><SchemeChoice /></div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut().catch(tellRefusal)}>{say('sign_out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

export function LanguageChoice() {
  const language = useLanguage()
  const say = useWords()
  return (
    <SegmentedControl size="xs" fullWidth aria-label={say('language')} value={language} onChange={(chosen) => setLanguage(chosen as Language)}
      data={[{ value: 'ru', label: 'Русский' }, { value: 'en', label: 'English' }]} />
  )
}

function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const say = useWords()
  return (
    <SegmentedControl size="xs" fullWidth aria-label={say('appearance')} value={colorScheme} onChange={(chosen) => setColorScheme(chosen as 'light' | 'dark' | 'auto')}
      data={[{ value: 'light', label: say('light') }, { value: 'dark', label: say('dark') }, { value: 'auto', label: say('as_system') }]} />
  )
}
