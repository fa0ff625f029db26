import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useMemo } from 'react'
import { api, done } from '~/api/client'
import { inLanguage, useLanguage } from '~/kit/words'
import { type Kind, PLACE, useTitleOf } from '../frame/things'
import { type Change, changesOf, type Described, whereTheyDiffer } from './changes'
import classes from './changes.module.css'
import { inWords, type Naming } from './values'
import { useWords } from './words'

/** What each kind of thing consists of; it never changes while the server runs. */
export const useKinds = () => useQuery({ queryKey: ['kinds'], queryFn: () => done(api.GET('/api/kinds')), staleTime: Infinity })

export function useFieldsOf(kind: string): readonly Described[] {
  const { data } = useKinds()
  return useMemo(() => data?.find((one) => one.kind === kind)?.fields ?? [], [data, kind])
}

const KINDS = Object.keys(PLACE) as Kind[]

/** Titles of all things. The kinds are always the same, so hooks may be asked for in a loop. */
export function useNaming(): Naming {
  const titles = Object.fromEntries(KINDS.map((kind) => [kind, useTitleOf(kind)])) as Record<Kind, (key: string) => string>
  return (kind, key) => titles[kind as Kind]?.(key) ?? key
}

interface Versions {
  kind: string
  /** null: there was nothing. */
  before: object | null | undefined
  after: object | null | undefined
  /** Show so many, and count the others. */
  most?: number
  /** Side by side, without what the thing is called: for one that was made or removed. */
  whole?: boolean
}

const SAID_ALREADY = new Set(['id', 'title', 'name', 'number'])

/** What differs between two versions of a thing, in words. */
export function Changes({ kind, before, after, most = 100, whole = false }: Versions) {
  const say = useWords()
  const fields = useFieldsOf(kind)
  const naming = useNaming()
  const changes = useMemo(() => changesOf(fields, plain(before), plain(after)).filter(({ place, field }) => !whole || place.length > 1 || !SAID_ALREADY.has(field.key)), [fields, before, after, whole])
  if (fields.length === 0) return null
  if (changes.length === 0) return whole ? null : <div className={classes.change}>{say('nothing')}</div>
  return (
    <ul className={clsx(classes.changes, whole && classes.whole)}>
      {changes.slice(0, most).map((change, at) => <li key={at} className={classes.change}><OneChange change={change} naming={naming} /></li>)}
      {changes.length > most && <li className={classes.more}>{say('and_more', { count: changes.length - most })}</li>}
    </ul>
  )
}

const plain = (thing: object | null | undefined) => ({ ...thing }) as Record<string, unknown>

function OneChange({ change, naming }: { change: Change; naming: Naming }) {
  const say = useWords()
  useLanguage()
  const { place, field, what, before, after } = change
  const where = place.map((title) => inLanguage(title)).join(' › ')
  if (what === 'added') return <>{where}: {say('added')} <b>{inWords(field, after, naming)}</b></>
  if (what === 'removed') return <>{where}: {say('removed')} <s>{inWords(field, after, naming)}</s></>
  if (what === 'reordered') return <>{where}, {say('order')}: <b>{namesOnly(field, after as unknown[], naming)}</b></>
  if (field.sort === 'sound' && before != null && after != null) return <>{where}: <b>{say('another_sound')}</b></>
  const [old, now] = bothInWords(field, before, after, naming)
  return before == null ? <>{where}: <b>{now}</b></> : <>{where}: <s>{old}</s> → <b>{now}</b></>
}

const namesOnly = (field: Described, parts: readonly unknown[], naming: Naming): string => parts.map((part) => inWords({ ...field, parts: [] }, part, naming)).join(', ')

/** Words that differ only in the other language would look the same: then both are shown in it. */
function bothInWords(field: Described, before: unknown, after: unknown, naming: Naming): [string, string] {
  const [old, now] = whereTheyDiffer(inWords(field, before, naming), inWords(field, after, naming))
  if (field.sort !== 'words' || old !== now) return [old, now]
  const both = (value: unknown) => { const { en, ru } = value as { en: string; ru: string }; return `${en} / ${ru}` }
  return [both(before), both(after)]
}
