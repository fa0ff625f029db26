import type { Schemas } from '~/api/client'
import { same } from '../frame/differences'

export type Described = Schemas['FieldOut']
type Title = Schemas['Words']
type Plain = Record<string, unknown>

/** One difference between two versions of a thing, at the place where people look for it. */
export interface Change {
  /** From the outside in: `Norm`, `Answer within`. */
  place: readonly Title[]
  field: Described
  what: 'changed' | 'added' | 'removed' | 'reordered'
  /** For one that was changed; for `reordered`, the whole lists. */
  before: unknown
  /** Of one that was added or removed: the part itself. */
  after: unknown
}

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNothing = (value: unknown): boolean => value == null || value === '' || (Array.isArray(value) && value.length === 0) || (isPlain(value) && Object.keys(value).length === 0)
const plainTitle = (text: string): Title => ({ en: text, ru: text })
const unknownField = (key: string): Described => ({ key, title: plainTitle(key), sort: 'text', many: null, names: null, values: {}, parts: [] })

/** A kind and a key together name one thing: `Leads to`. */
export const isTarget = (field: Described): boolean => field.sort === 'parts' && field.many === null && field.parts.map(({ key }) => key).join() === 'kind,key'

/** All differences, in the order in which the fields are declared. */
export function changesOf(fields: readonly Described[], before: Plain, after: Plain, place: readonly Title[] = []): Change[] {
  const known = fields.map(({ key }) => key)
  const others = Object.keys({ ...before, ...after }).filter((key) => !known.includes(key))
  return [...fields, ...others.map(unknownField)].flatMap((field) => ofField(field, before[field.key], after[field.key], [...place, field.title]))
}

function ofField(field: Described, before: unknown, after: unknown, place: readonly Title[]): Change[] {
  if (same(before, after) || (isNothing(before) && isNothing(after))) return []
  if (field.many === 'map') return ofMap(field, asPlain(before), asPlain(after), place)
  if (field.many !== null) return ofList(field, asList(before), asList(after), place)
  if (field.sort === 'parts' && !isTarget(field) && isPlain(before) && isPlain(after)) return changesOf(field.parts, before, after, place)
  return [{ place, field, what: 'changed', before, after }]
}

const asPlain = (value: unknown): Plain => (isPlain(value) ? value : {})
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : isNothing(value) ? [] : [value])

/** Under each key stands what a field without keys would hold. */
function ofMap(field: Described, before: Plain, after: Plain, place: readonly Title[]): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const inner: Described = { ...field, many: [...Object.values(before), ...Object.values(after)].some(Array.isArray) ? 'list' : null }
  return keys.flatMap((key) => ofField(inner, before[key], after[key], [...place, field.values[key] ?? plainTitle(key)]))
}

/** By what the parts of a list are told apart; null: by all that they are. */
const identityOf = (field: Described): string | null => (field.sort === 'parts' ? ['key', 'id', 'number'].find((key) => field.parts.some((part) => part.key === key)) ?? null : null)

function ofList(field: Described, before: unknown[], after: unknown[], place: readonly Title[]): Change[] {
  const identity = identityOf(field)
  const markOf = (part: unknown): string => JSON.stringify(identity ? asPlain(part)[identity] : part)
  const old = new Map(before.map((part) => [markOf(part), part]))
  const now = new Map(after.map((part) => [markOf(part), part]))
  const gone = [...old].filter(([mark]) => !now.has(mark)).map(([, part]): Change => ({ place, field, what: 'removed', before: null, after: part }))
  const fresh = [...now].filter(([mark]) => !old.has(mark)).map(([, part]): Change => ({ place, field, what: 'added', before: null, after: part }))
  const inside = identity === null ? [] : [...now].filter(([mark]) => old.has(mark)).flatMap(([mark, part]) => changesOf(field.parts, asPlain(old.get(mark)), asPlain(part), [...place, nameOf(part)]))
  return [...gone, ...fresh, ...inside, ...reordered(field, old, now, place)]
}

function reordered(field: Described, old: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>, place: readonly Title[]): Change[] {
  const stayed = [...old.keys()].filter((mark) => now.has(mark))
  const asNow = [...now.keys()].filter((mark) => old.has(mark))
  if (field.many === 'set' || stayed.join() === asNow.join()) return []
  return [{ place, field, what: 'reordered', before: [...old.values()], after: [...now.values()] }]
}

/** What people call a part of a list. */
export function nameOf(part: unknown): Title {
  const { title, name, number, key } = asPlain(part)
  const said = title ?? name ?? number ?? key
  return isPlain(said) && typeof said.en === 'string' && typeof said.ru === 'string' ? { en: said.en, ru: said.ru } : plainTitle(String(said ?? ''))
}

const AROUND = 24
const LONG = 60

/** Of two long texts, only where they differ; the rest is left out. */
export function whereTheyDiffer(before: string, after: string): [string, string] {
  if (before.length <= LONG && after.length <= LONG) return [before, after]
  let begin = 0
  while (begin < Math.min(before.length, after.length) && before[begin] === after[begin]) begin += 1
  let end = 0
  while (end < Math.min(before.length, after.length) - begin && before.at(-1 - end) === after.at(-1 - end)) end += 1
  return [cut(before, begin, end), cut(after, begin, end)]
}

function cut(text: string, begin: number, end: number): string {
  const from = Math.max(0, begin - AROUND)
  const to = Math.min(text.length, text.length - end + AROUND)
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`
}
