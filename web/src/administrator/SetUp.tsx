import { Loader } from '@mantine/core'
import { Suspense, useEffect, useMemo, useRef } from 'react'
import { Navigate, NavLink, Route, Routes, useLocation, useNavigate } from 'react-router'
import { type Command, useCommands } from '~/kit/palette'
import classes from './frame/frame.module.css'
import { SecretShown } from './frame/ShownOnce'
import { useThingsFresh } from './frame/things'
import { GROUPS, type SectionGroup, SECTIONS } from './sections'
import { useWords } from './words'

/** The administrator's pages: sections on the left, the chosen one beside. */
export function SetUp() {
  useThingsFresh()
  useSectionCommands()
  return (
    <div className={classes.frame}>
      <SectionList />
      <div className={classes.section}>
        <Suspense fallback={<div className={classes.whole}><Loader size="sm" color="var(--ink3)" /></div>}>
          <Routes>
            {SECTIONS.map(({ path, Page }) => <Route key={path} path={`${path}/*`} element={<Page />} />)}
            <Route path="*" element={<Navigate to={`/set-up/${SECTIONS[0]?.path}`} replace />} />
          </Routes>
        </Suspense>
      </div>
      <SecretShown />
    </div>
  )
}

function SectionList() {
  const say = useWords()
  const list = useRef<HTMLElement>(null)
  const section = useLocation().pathname.split('/')[2]
  useEffect(() => {
    list.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' })  // newer browsers return a promise
  }, [section])
  return (
    <nav ref={list} className={classes.nav} aria-label={say('sections')}>
      {GROUPS.map((group) => <Group key={group.word ?? ''} group={group} />)}
    </nav>
  )
}

function Group({ group }: { group: SectionGroup }) {
  const say = useWords()
  return (
    <>
      {group.word && <div className={classes.navGroup}>{say(group.word)}</div>}
      {group.sections.map(({ path, word, icon: Icon }) => <NavLink key={path} to={`/set-up/${path}`} className={classes.navLink}><Icon size={16} stroke={1.6} aria-hidden />{say(word)}</NavLink>)}
    </>
  )
}

function useSectionCommands(): void {
  const say = useWords()
  const go = useNavigate()
  const commands = useMemo<Command[]>(
    () => SECTIONS.map(({ path, word }) => ({ id: `set-up ${path}`, group: say('sections'), title: say('go_to', { page: say(word) }), run: () => void go(`/set-up/${path}`) })),
    [say, go],
  )
  useCommands('set-up', commands)
}
