const ANY = '*'

/** Every number, or some of them: whichever was put in last is what is meant. */
export function meant(before: readonly string[], after: readonly string[]): string[] {
  if (after.length < 2 || !after.includes(ANY)) return [...after]
  return before.includes(ANY) ? after.filter((pattern) => pattern !== ANY) : [ANY]
}
