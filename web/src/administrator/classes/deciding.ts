/** Which pattern decides about a number: of all that fit, the longest; a forbidding one wins over an allowing one of its length. */
export interface Decided {
  may: boolean
  pattern: string | null
}

const fits = (pattern: string, number: string): boolean => (pattern.endsWith('*') ? number.startsWith(pattern.slice(0, -1)) : number === pattern)
const longest = (patterns: readonly string[], number: string): string | null => patterns.filter((pattern) => fits(pattern, number)).sort((a, b) => b.length - a.length)[0] ?? null

export function decide(allowed: readonly string[], denied: readonly string[], number: string): Decided {
  const [may, mayNot] = [longest(allowed, number), longest(denied, number)]
  if (mayNot !== null && (may === null || mayNot.length >= may.length)) return { may: false, pattern: mayNot }
  return { may: may !== null, pattern: may }
}
