import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconLogout } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Link } from 'react-router'
import { useMe, useSigning } from '~/api/session'
import { FaceOf } from './Face'
import classes from './kit.module.css'
import { ModesInMenu } from './modes/ModeSwitch'
import { type MainPage, pagesOf } from './pages'
import { tellRefusal } from './refusals'
import { useWords } from './words.kit'

const LanguageChoice = lazy(async () => ({ default: (await import('./choices')).LanguageChoice }))
const OwnPhoto = lazy(async () => ({ default: (await import('./OwnPhoto')).OwnPhoto }))
const SchemeChoice = lazy(async () => ({ default: (await import('./choices')).SchemeChoice }))

/** Who is signed in: language, light or dark, and the way out; the other pages, too, where no bar shows them. */
export function MeMenu({ away }: { away?: MainPage['path'] }) {
  const me = useMe()
  const say = useWords()
  const { signOut } = useSigning()
  return (
    <Menu position="bottom-end" width={290} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.me} aria-label={say('menu_of', { name: me.name })}><FaceOf user={me.user} name={me.name} size={22} />{me.name}<IconChevronDown size={13} /></UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {away !== undefined && pagesOf(me).filter(({ path }) => path !== away).map((page) => (
          <Menu.Item key={page.path} component={Link} to={page.path} closeMenuOnClick>{say(page.word)}</Menu.Item>
        ))}
        {away !== undefined && <Menu.Divider />}
        <ModesInMenu />
        <Menu.Label>{say('language')}</Menu.Label>
        <div className={classes.menuLine}><Suspense><LanguageChoice /></Suspense></div>
        <Menu.Label>{say('appearance')}</Menu.Label>
        <div className={classes.menuLine}><Suspense><SchemeChoice /></Suspense></div>
        <Menu.Divider />
        <Suspense><OwnPhoto /></Suspense>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut().catch(tellRefusal)}>{say('sign_out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
