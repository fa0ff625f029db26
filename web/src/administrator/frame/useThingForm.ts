import { useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, useCallback, useRef, useState } from 'react'
import { isRefused } from '~/api/problem'
import { inLanguage, useLanguage } from '~/kit/words'
import type { Saving } from '~/kit/SavedMark'
import { tell } from '~/kit/refusals'
import { useFieldsOf } from '../changes/Changes'
import type { Described } from '../changes/changes'
import { merged, same } from './differences'
import { byField, faultAt, type Faults, faultsIn, NO_FAULTS, unseen } from './faults'
import { faultsOf, freshThings, type Kind, keyOf, listKey, type Published, put, type Thing, things, type Versioned } from './things'
import { say } from './words.frame'

type Group<T> = NonNullable<T> extends readonly unknown[] ? never : NonNullable<T> extends object ? keyof NonNullable<T> & string : never
/** A field, or a field of a group: `weight`, `norm.within`. */
export type Path<T> = { [K in keyof T & string]: K | (Group<T[K]> extends never ? never : `${K}.${Group<T[K]>}`) }[keyof T & string]

export interface FormWish<K extends Kind> {
  kind: K
  /** What is there; null for a new thing. */
  existing: Versioned<Thing<K>> | null
  /** What a new thing begins as. */
  blank: Thing<K>
  /** What must hold before it is sent, by path; the server still decides. */
  check?: (value: Thing<K>) => Record<string, string>
  /** Another way to save, where more than the thing itself is saved with it. */
  save?: (value: Thing<K>, basedOn: number | null) => Promise<Published>
  /** Whether something besides the thing waits to be saved with it. */
  alsoDirty?: boolean
  /** Give that up. */
  alsoReset?: () => void
}

/** What every control of a form is given: the field's own title, and what is wrong there. */
interface Bound {
  label: string
  error: string | undefined
}

export interface ThingForm<K extends Kind> {
  kind: K
  isNew: boolean
  version: number
  value: Thing<K>
  /** What is published, as this form knows it. */
  published: Thing<K> | null
  change: (part: Partial<Thing<K>>) => void
  /** For controls that give a value: Select, NumberInput, MultiSelect, our Pick. */
  field: (path: Path<Thing<K>>) => Bound & { value: never; onChange: (value: never) => void }
  /** For controls that give an event: TextInput, Textarea. An empty text becomes `null` where `empty` says so. */
  text: (path: Path<Thing<K>>, empty?: 'null') => Bound & { value: string; onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void }
  /** For Switch and Checkbox. */
  tick: (path: Path<Thing<K>>) => Bound & { checked: boolean; onChange: (event: ChangeEvent<HTMLInputElement>) => void }
  /** The title of a field, without places in lists: `emergency.number`. */
  label: (path: string) => string
  /** What a field with few values can be, with their titles. */
  choices: (path: string) => { value: string; label: string }[]
  /** What is wrong there; whoever asks shows it. */
  error: (path: string) => string | undefined
  /** What is wrong and has no field on the form. */
  unseen: () => string[]
  dirty: boolean
  /** Whether it is dirty at this very moment: a reference, for guards of leaving. */
  dirtyNow: () => boolean
  saving: Saving
  /** The key under which it is now published; null if it was refused. */
  save: () => Promise<string | null>
  reset: () => void
  /** What somebody else has made of it while this form was typed in. */
  overtaken: Versioned<Thing<K>> | null
  takeTheirs: () => void
  putMineOverTheirs: () => void
}

type Plain = Record<string, unknown>

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, key) => (found as Plain | null | undefined)?.[key], value)
}

function withAt<T>(value: T, path: string, part: unknown): T {
  const [first, ...rest] = path.split('.') as [string, ...string[]]
  const inner = rest.length ? withAt((value as Plain)[first] ?? {}, rest.join('.'), part) : part
  return { ...(value as Plain), [first]: inner } as T
}

function described(fields: readonly Described[], path: string): Described | undefined {
  const [first, ...rest] = path.split('.')
  const found = fields.find(({ key }) => key === first)
  return found && rest.length ? described(found.parts, rest.join('.')) : found
}

/** A thing while a person changes it: what was typed, whether it fits, and whether somebody else was faster. */
export function useThingForm<K extends Kind>(wish: FormWish<K>): ThingForm<K> {
  const { kind, existing, blank } = wish
  const queries = useQueryClient()
  const fields = useFieldsOf(kind)
  useLanguage()
  const [base, setBase] = useState(existing)
  const [value, setValue] = useState(existing?.thing ?? blank)
  const [faults, setFaults] = useState<Faults>(NO_FAULTS)
  const [saving, setSaving] = useState<Saving>({ state: 'idle' })
  const shown = useRef(new Set<string>())
  const start = base?.thing ?? blank
  const dirty = !same(value, start) || wish.alsoDirty === true
  const dirtyRef = useRef(dirty)
  dirtyRef.current = dirty
  const isNewer = existing !== null && base !== null && existing.version > base.version

  const begin = useCallback((from: Versioned<Thing<K>>) => {
    setBase(from)
    setValue(from.thing)
    setFaults(NO_FAULTS)
  }, [])
  if (isNewer && !dirty && saving.state !== 'saving') begin(existing)

  const send = async (): Promise<string | null> => {
    setSaving({ state: 'saving' })
    try {
      const published = await (wish.save ?? ((it, basedOn) => things.put(kind, it, basedOn)))(value, base?.version ?? 0)
      settle(published)
      return keyOf(kind, value)
    } catch (why) {
      refused(why)
      return null
    }
  }
  const settle = (published: Published) => {
    const now = { version: published.version, thing: value }
    dirtyRef.current = false
    queries.setQueryData(listKey(kind), (list: Versioned<Thing<K>>[] | undefined) => withOne(kind, list, now))
    begin(now)
    setSaving({ state: 'saved', at: Date.now() })
    if (published.switch_is_behind) tell(say('switch_is_behind'), 'warn')
    void freshThings(queries)
  }
  const refused = (why: unknown) => {
    const stale = isRefused(why, 'version.stale')
    if (stale) void freshThings(queries)
    setFaults(!stale ? faultsIn(why) : base ? NO_FAULTS : { at: { [kind === 'extension' ? 'number' : 'id']: say('key_taken') }, whole: [] })
    setSaving({ state: 'failed', why: say('see_below') })
  }
  const save = async (): Promise<string | null> => {
    const wrong = wish.check?.(value) ?? {}
    if (Object.keys(wrong).length === 0) return send()
    setSaving({ state: 'saving' })
    // The server says what else is wrong, so that a person hears of all of it at once.
    const others = byField(await faultsOf(put(kind, value, null)).catch(() => []))
    setFaults({ at: { ...others.at, ...wrong }, whole: others.whole })
    setSaving({ state: 'failed', why: say('see_below') })
    return null
  }

  const set = (path: string, part: unknown) => {
    setValue((now) => withAt(now, path, part))
    setFaults((now) => without(now, path))
    setSaving((now) => (now.state === 'failed' ? { state: 'idle' } : now))
  }
  const error = (path: string) => {
    shown.current.add(path)
    return faultAt(faults, path, shown.current)
  }
  const label = (path: string) => { const found = described(fields, path); return found ? inLanguage(found.title) : '' }
  const bound = (path: string): Bound => ({ label: label(path), error: error(path) })
  return {
    kind, isNew: base === null, version: base?.version ?? 0, value, published: base?.thing ?? null,
    change: (part) => Object.entries(part).forEach(([path, it]) => set(path, it)),
    field: (path) => ({ value: at(value, path) as never, onChange: (it: never) => set(path, it), ...bound(path) }),
    text: (path, empty) => ({
      value: (at(value, path) as string | null | undefined) ?? '', ...bound(path),
      onChange: ({ currentTarget }) => set(path, currentTarget.value === '' && empty === 'null' ? null : currentTarget.value),
    }),
    tick: (path) => ({ checked: at(value, path) === true, onChange: ({ currentTarget }) => set(path, currentTarget.checked), ...bound(path) }),
    label, choices: (path) => Object.entries(described(fields, path)?.values ?? {}).map(([value, title]) => ({ value, label: inLanguage(title) })),
    error,
    unseen: () => [...faults.whole, ...unseen(faults, shown.current)],
    dirty, dirtyNow: () => dirtyRef.current, saving, save,
    reset: () => {
      setValue(start)
      setFaults(NO_FAULTS)
      setSaving({ state: 'idle' })
      wish.alsoReset?.()
    },
    overtaken: isNewer && dirty ? existing : null,
    takeTheirs: () => existing && begin(existing),
    putMineOverTheirs: () => {
      if (!existing || !base) return
      setValue(merged(base.thing, value, existing.thing))
      setBase(existing)
    },
  }
}


function without(faults: Faults, path: string): Faults {
  const left = Object.entries(faults.at).filter(([known]) => known !== path && !known.startsWith(`${path}.`))
  return { at: Object.fromEntries(left), whole: [] }
}

function withOne<K extends Kind>(kind: K, list: Versioned<Thing<K>>[] | undefined, one: Versioned<Thing<K>>): Versioned<Thing<K>>[] {
  const key = keyOf(kind, one.thing)
  const others = (list ?? []).filter(({ thing }) => keyOf(kind, thing) !== key)
  return [...others, one].sort((a, b) => (keyOf(kind, a.thing) < keyOf(kind, b.thing) ? -1 : 1))
}
