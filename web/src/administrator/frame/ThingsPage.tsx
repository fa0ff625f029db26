import { Button, Loader, TextInput, UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import clsx from 'clsx'
import { type ComponentType, type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { Lamp, type LampState } from '~/kit/Lamp'
import { type Command, useCommands } from '~/kit/palette'
import { RefusalNote } from '~/kit/refusals'
import { EmptyState, KeyHint } from '~/kit/small'
import { useKinds } from '../changes/Changes'
import classes from './frame.module.css'
import { type Kind, keyOf, PLACE, type Thing, titleOf, useThings, type Versioned } from './things'
import { ThingPane } from './ThingPane'
import type { FormWish, ThingForm } from './useThingForm'
import { useWords } from './words.frame'

/** A line of the list. */
export interface Row {
  title: string
  /** Small, on the right. */
  detail?: ReactNode
  lamp?: LampState
  /** What else finds it. */
  also?: string
  /** Not in use: a person who may not sign in, for instance. */
  faded?: boolean
  /** Lines with the same group stand together under it. */
  group?: string
}

export interface Section<K extends Kind> {
  kind: K
  /** False while something that a new thing begins with is not known yet. */
  ready?: boolean
  /** The section's name: `Queues`. */
  name: string
  /** `New queue`; null where none can be made here. */
  add: string | null
  /** What belongs here, while there is nothing. */
  empty: { title: string; text: string }
  row: (thing: Thing<K>) => Row
  /** A new thing; `taken` are the keys that are in use. */
  blank: (taken: ReadonlySet<string>) => Thing<K>
  Form: ComponentType<{ form: ThingForm<K> }>
  /** What the form comes to, shown beside it; below it where there is no room. */
  Beside?: ComponentType<{ form: ThingForm<K> }>
  /** Stands in the head of the form, before the buttons. */
  Actions?: ComponentType<{ form: ThingForm<K> }>
  /** What the key is called where people use it: the name for sign-in, for instance. */
  keyWords?: { label: string; hint: string }
  /** From what the key of a new thing is made; its title, unless said otherwise. */
  keySource?: (thing: Thing<K>) => string
  /** The form shows the key of a new thing itself, at a place of its choice. */
  keyInForm?: boolean
  check?: FormWish<K>['check']
  /** Another way to save, where others are saved with it. */
  save?: FormWish<K>['save']
  /** Whether it can be deleted; the server still refuses what others need. */
  removable?: (thing: Thing<K>) => boolean
  /** What goes with it, and comes back with it: a person's own numbers. */
  goesWith?: (thing: Thing<K>) => readonly Going[]
  /** What the person hears after a new thing was made: a password shown once, for instance. */
  created?: (thing: Thing<K>) => void
  /** A form of its own, where saving is more than putting the thing. */
  Pane?: ComponentType<PaneProps<K>>
  /** What is chosen needs the room of the list, unless the window is wide. */
  focused?: boolean
  /** In the place of the form, while nothing is chosen. */
  nothingChosen?: ReactNode
}

/** A thing that goes with another, in the version that is known. */
export interface Going {
  kind: Kind
  thing: Thing<Kind>
  version: number
}

export interface PaneProps<K extends Kind> {
  section: Section<K>
  existing: Versioned<Thing<K>> | null
  taken: ReadonlySet<string>
  /** Called before the address names what was just made here: the pane stays, with what is typed meanwhile. */
  made: (key: string) => void
}

/** In the address: a new thing. Keys can't look like that. */
export const NEW = '+'
export const pathOf = (kind: Kind, key: string): string => `/set-up/${PLACE[kind]}/${encodeURIComponent(key)}`

/** All things of a kind on the left, the chosen one as a form on the right. */
export function ThingsPage<K extends Kind>({ section }: { section: Section<K> }) {
  const { data, error } = useThings(section.kind)
  const kinds = useKinds()
  const chosen = useParams()['*'] ?? ''
  if (error && !data) return <div className={classes.whole}><RefusalNote why={error} /></div>
  if (!data || !kinds.data || section.ready === false) return <div className={classes.whole}><Loader size="sm" color="var(--ink3)" /></div>
  return (
    <div className={clsx(classes.split, section.focused && chosen !== '' && classes.focused)}>
      <ThingList section={section} items={data} chosen={chosen} />
      <Chosen section={section} items={data} chosen={chosen} />
    </div>
  )
}

/** The form of what is chosen; or what belongs in its place. */
export function Chosen<K extends Kind>({ section, items, chosen }: { section: Section<K>; items: Versioned<Thing<K>>[]; chosen: string }) {
  const say = useWords()
  const go = useNavigate()
  const taken = useMemo(() => new Set(items.map(({ thing }) => keyOf(section.kind, thing))), [items, section.kind])
  const existing = items.find(({ thing }) => keyOf(section.kind, thing) === chosen) ?? null
  const pane = usePane(chosen)
  const Pane = section.Pane ?? ThingPane
  const add = section.add !== null && <Button variant="filled" leftSection={<IconPlus size={15} />} onClick={() => void go(pathOf(section.kind, NEW))}>{section.add}</Button>
  if (items.length === 0 && chosen !== NEW) return <div className={classes.pane}><EmptyState whole title={section.empty.title} action={add}>{section.empty.text}</EmptyState></div>
  if (chosen === '') return <div className={classes.pane}>{section.nothingChosen ?? <EmptyState whole title={section.name}>{say('choose')}</EmptyState>}</div>
  if (chosen !== NEW && !existing) return <div className={classes.pane}><EmptyState whole title={say('gone')}>{say('gone_text')}</EmptyState></div>
  return <Pane key={`${section.kind} ${pane.id}`} section={section} existing={existing} taken={taken} made={pane.made} />
}

/**
 * Another choice is another pane; but what was made in a pane stays in it. The address changes before the page does,
 * and a person types meanwhile: a pane made anew would lose it.
 */
function usePane(chosen: string): { id: number; made: (key: string) => void } {
  const [shown, setShown] = useState({ chosen, id: 0 })
  const [made, setMade] = useState({ key: '', id: -1 })
  if (shown.chosen !== chosen) setShown({ chosen, id: made.key === chosen && made.id === shown.id ? shown.id : shown.id + 1 })
  return { id: shown.id, made: (key) => setMade({ key, id: shown.id }) }
}

interface Line {
  key: string
  row: Row
}

function linesOf<K extends Kind>(section: Section<K>, items: readonly Versioned<Thing<K>>[], typed: string): Line[] {
  const wanted = typed.trim().toLowerCase()
  return items
    .map(({ thing }) => ({ key: keyOf(section.kind, thing), row: section.row(thing) }))
    .filter(({ key, row }) => `${row.title} ${row.also ?? ''} ${key}`.toLowerCase().includes(wanted))
    .sort((a, b) => (a.row.group ?? '').localeCompare(b.row.group ?? '') || Number(a.row.faded ?? false) - Number(b.row.faded ?? false) || a.row.title.localeCompare(b.row.title, undefined, { numeric: true }))
}

function ThingList<K extends Kind>({ section, items, chosen }: { section: Section<K>; items: Versioned<Thing<K>>[]; chosen: string }) {
  const say = useWords()
  const go = useNavigate()
  const [typed, setTyped] = useState('')
  const search = useRef<HTMLInputElement>(null)
  const lines = useMemo(() => linesOf(section, items, typed), [section, items, typed])
  useHotkeys([['/', () => search.current?.focus()]])
  useThingCommands(section, items)
  const open = (key: string) => void go(pathOf(section.kind, key))
  return (
    <nav className={classes.list} aria-label={section.name}>
      <div className={classes.listHead}>
        <TextInput ref={search} size="xs" className={classes.grow} placeholder={say('find')} aria-label={say('find')} value={typed} leftSection={<IconSearch size={14} />} rightSection={<KeyHint>/</KeyHint>}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && lines[0] && open(lines[0].key)} />
        {section.add !== null && <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => open(NEW)} aria-label={section.add}>{say('add')}</Button>}
      </div>
      <div className={classes.lines} onKeyDown={stepThrough}>
        {lines.map((line, at) => <ListLine key={line.key} line={line} heading={headingAt(lines, at)} chosen={line.key === chosen} open={() => open(line.key)} />)}
        {lines.length === 0 && typed !== '' && <p className={classes.hint}>{say('nothing_fits', { typed })}</p>}
      </div>
    </nav>
  )
}

const headingAt = (lines: readonly Line[], at: number): string | undefined => {
  const group = lines[at]?.row.group
  return group !== lines[at - 1]?.row.group ? group : undefined
}

function ListLine({ line: { row }, heading, chosen, open }: { line: Line; heading: string | undefined; chosen: boolean; open: () => void }) {
  return (
    <>
      {heading !== undefined && <div className={classes.group}>{heading}</div>}
      <UnstyledButton className={clsx(classes.line, row.faded && classes.faded)} aria-current={chosen ? 'true' : undefined} onClick={open} title={row.title}>
        {row.lamp && <Lamp state={row.lamp} size={9} />}
        <span className={classes.lineTitle}>{row.title}</span>
        {row.detail !== undefined && <span className={`num ${classes.lineDetail}`}>{row.detail}</span>}
      </UnstyledButton>
    </>
  )
}

/** Arrows go through the list. */
function stepThrough(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const next = lines[lines.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

function useThingCommands<K extends Kind>(section: Section<K>, items: readonly Versioned<Thing<K>>[]): void {
  const go = useNavigate()
  const commands = useMemo<Command[]>(() => [
    ...(section.add === null ? [] : [{ id: `add ${section.kind}`, group: section.name, title: section.add, run: () => void go(pathOf(section.kind, NEW)) }]),
    ...items.map(({ thing }) => {
      const key = keyOf(section.kind, thing)
      return { id: `${section.kind} ${key}`, group: section.name, title: titleOf(section.kind, thing), detail: key, run: () => void go(pathOf(section.kind, key)) }
    }),
  ], [section, items, go])
  useCommands(`things ${section.kind}`, commands)
}
