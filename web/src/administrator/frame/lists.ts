/** A list with another part in this place. */
export const replaced = <T>(list: readonly T[], at: number, part: T): T[] => list.map((old, n) => (n === at ? part : old))

export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, n) => n !== at)

/** A list whose part went from one place to another. */
export function reordered<T>(list: readonly T[], from: number, to: number): T[] {
  const part = list[from]
  if (part === undefined) return [...list]
  const rest = without(list, from)
  return [...rest.slice(0, to), part, ...rest.slice(to)]
}
