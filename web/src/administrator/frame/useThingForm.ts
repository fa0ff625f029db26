import { useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, useRef, useState } from 'react'
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
  /** Nobody has set it yet: it can be saved just as it is shown. */
  asShown?: boolean
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
  /** Whether there is anything to save. */
  savable: boolean
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
  const draft = useDraft(wish)
  const outcome = useOutcome()
  const controls = useControls(wish.kind, draft, outcome)
  const save = useSave(wish, draft, outcome)
  const { existing } = wish
  const { base, value, dirty } = draft
  const isNewer = isOvertaken(existing, base)
  if (existing && !dirty && outcome.saving.state !== 'saving' && (isNewer || isTidied(existing, base))) draft.begin(existing)
  return {
    ...controls, kind: wish.kind, isNew: base === null, version: base?.version ?? 0, value, published: base?.thing ?? null,
    dirty, savable: base === null || dirty || wish.asShown === true, dirtyNow: () => draft.dirtyRef.current, saving: outcome.saving, save,
    reset: () => {
      draft.reset()
      outcome.clear()
      wish.alsoReset?.()
    },
    // While it is being saved, the newer version is usually our own.
    overtaken: isNewer && dirty && outcome.saving.state !== 'saving' ? existing : null,
    takeTheirs: () => {
      if (existing) draft.begin(existing)
      outcome.clear()
    },
    putMineOverTheirs: () => existing && base && draft.rebase(existing, merged(base.thing, value, existing.thing)),
  }
}

const isOvertaken = <T>(existing: Versioned<T> | null, base: Versioned<T> | null): boolean => existing !== null && base !== null && existing.version > base.version

/** The server keeps some texts tidier than they were typed. */
const isTidied = <T>(existing: Versioned<T>, base: Versioned<T> | null): boolean => existing.version === base?.version && !same(existing.thing, base.thing)

/** What is typed, against what is published as this form knows it. */
function useDraft<K extends Kind>({ existing, blank, alsoDirty }: FormWish<K>) {
  const [base, setBase] = useState(existing)
  const [value, setValue] = useState(existing?.thing ?? blank)
  const start = base?.thing ?? blank
  const dirty = !same(value, start) || alsoDirty === true
  const dirtyRef = useRef(dirty)
  dirtyRef.current = dirty
  const rebase = (from: Versioned<Thing<K>>, typed: Thing<K>) => {
    setBase(from)
    setValue(typed)
  }
  return {
    base, value, dirty, dirtyRef, rebase,
    /** It is published as it was sent; what was typed meanwhile stays. */
    keep: setBase,
    begin: (from: Versioned<Thing<K>>) => rebase(from, from.thing), reset: () => setValue(start),
    set: (path: string, part: unknown) => setValue((now) => withAt(now, path, part)),
  }
}
type Draft<K extends Kind> = ReturnType<typeof useDraft<K>>

/** What came of the last attempt to save. */
function useOutcome() {
  const [faults, setFaults] = useState<Faults>(NO_FAULTS)
  const [saving, setSaving] = useState<Saving>({ state: 'idle' })
  return {
    faults, saving,
    begin: () => setSaving({ state: 'saving' }),
    fail: (found: Faults) => {
      setFaults(found)
      setSaving({ state: 'failed', why: say('see_below') })
    },
    succeed: () => {
      setFaults(NO_FAULTS)
      setSaving({ state: 'saved', at: Date.now() })
    },
    clear: () => {
      setFaults(NO_FAULTS)
      setSaving({ state: 'idle' })
    },
    /** A field that is typed in again is not wrong any more. */
    mend: (path: string) => {
      setFaults((now) => without(now, path))
      setSaving((now) => (now.state === 'failed' ? { state: 'idle' } : now))
    },
  }
}
type Outcome = ReturnType<typeof useOutcome>

/** What the controls of the form are given. */
function useControls<K extends Kind>(kind: K, draft: Draft<K>, { faults, mend }: Outcome): Pick<ThingForm<K>, 'change' | 'field' | 'text' | 'tick' | 'label' | 'choices' | 'error' | 'unseen'> {
  const fields = useFieldsOf(kind)
  useLanguage()
  const shown = useRef(new Set<string>())
  const set = (path: string, part: unknown) => {
    draft.set(path, part)
    mend(path)
  }
  const error = (path: string) => {
    shown.current.add(path)
    return faultAt(faults, path, shown.current)
  }
  const label = (path: string) => titleIn(fields, path)
  const bound = (path: string): Bound => ({ label: label(path), error: error(path) })
  const valueAt = (path: string) => at(draft.value, path)
  return {
    label, error,
    change: (part) => Object.entries(part).forEach(([path, it]) => set(path, it)),
    field: (path) => ({ value: valueAt(path) as never, onChange: (it: never) => set(path, it), ...bound(path) }),
    text: (path, empty) => ({
      value: (valueAt(path) as string | null | undefined) ?? '', ...bound(path),
      onChange: ({ currentTarget }) => set(path, currentTarget.value === '' && empty === 'null' ? null : currentTarget.value),
    }),
    tick: (path) => ({ checked: valueAt(path) === true, onChange: ({ currentTarget }) => set(path, currentTarget.checked), ...bound(path) }),
    choices: (path) => Object.entries(described(fields, path)?.values ?? {}).map(([value, title]) => ({ value, label: inLanguage(title) })),
    unseen: () => [...faults.whole, ...unseen(faults, shown.current, (path) => titleIn(fields, path))],
  }
}

/** Publishes; gives the key under which it is published now, or null. */
function useSave<K extends Kind>(wish: FormWish<K>, draft: Draft<K>, outcome: Outcome): () => Promise<string | null> {
  const queries = useQueryClient()
  const { kind } = wish
  const { value, base } = draft
  const settle = (published: Published) => {
    const now = { version: published.version, thing: value }
    draft.dirtyRef.current = false
    queries.setQueryData(listKey(kind), (list: Versioned<Thing<K>>[] | undefined) => withOne(kind, list, now))
    draft.keep(now)
    outcome.succeed()
    if (published.switch_is_behind) tell(say('switch_is_behind'), 'warn')
    void freshThings(queries, [kind])
  }
  const refused = (why: unknown) => {
    const stale = isRefused(why, 'version.stale')
    if (stale) void freshThings(queries, [kind])
    outcome.fail(!stale ? faultsIn(why) : base ? NO_FAULTS : { at: { [kind === 'extension' ? 'number' : 'id']: say('key_taken') }, whole: [] })
  }
  return async () => {
    outcome.begin()
    const wrong = wish.check?.(value) ?? {}
    try {
      if (Object.keys(wrong).length > 0) {
        outcome.fail(await withOthers(kind, value, wrong))
        return null
      }
      settle(await (wish.save ?? ((thing, basedOn) => things.put(kind, thing, basedOn)))(value, base?.version ?? 0))
      return keyOf(kind, value)
    } catch (why) {
      refused(why)
      return null
    }
  }
}

/** What the page found wrong, and what the server would: a person hears of all of it at once. */
async function withOthers<K extends Kind>(kind: K, value: Thing<K>, wrong: Record<string, string>): Promise<Faults> {
  const others = byField(await faultsOf(put(kind, value, null)).catch(() => []))
  return { at: { ...others.at, ...wrong }, whole: others.whole }
}

function titleIn(fields: readonly Described[], path: string): string {
  const found = described(fields, path.replace(/\.\d+/g, ''))
  return found ? inLanguage(found.title) : ''
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
