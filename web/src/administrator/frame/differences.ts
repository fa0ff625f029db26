type Plain = Record<string, unknown>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isPlain(value)) return value ?? null
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
}

/** Mine over theirs: what I changed since `base`, put onto what they made of it. */
export function merged<T extends object>(base: T, mine: T, theirs: T): T {
  const changed = Object.entries(mine).filter(([key, value]) => !same(value, (base as Plain)[key]))
  return { ...theirs, ...Object.fromEntries(changed) }
}
