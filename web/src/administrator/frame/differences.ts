/** What differs between two versions of a thing, field by field. */
export interface Difference {
  /** Without places in lists: `norm.within`, `emergency.number`. */
  path: string
  before: unknown
  after: unknown
}

type Plain = Record<string, unknown>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isPlain(value)) return value ?? null
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
}

/** Lists differ as a whole; groups of fields, field by field. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (same(before, after)) return []
  if (!isPlain(before) || !isPlain(after)) return [{ path, before, after }]
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key) => differences(before[key], after[key], path ? `${path}.${key}` : key))
}

/** Mine over theirs: what I changed since `base`, put onto what they made of it. */
export function merged<T extends object>(base: T, mine: T, theirs: T): T {
  const changed = Object.entries(mine).filter(([key, value]) => !same(value, (base as Plain)[key]))
  return { ...theirs, ...Object.fromEntries(changed) }
}
