import type { Thing, Versioned } from '../frame/things'

export type Numbers = readonly Versioned<Thing<'extension'>>[]

export const FORM = /^[0-9*#]{1,12}$/
const FIRST = '101'

/** The number that a new person gets: the first free one after those that people have. */
export function nextFree(numbers: Numbers): string {
  const taken = new Set(numbers.map(({ thing }) => thing.number))
  const ofPeople = numbers.filter(({ thing }) => thing.target.kind === 'user' && /^[0-9]+$/.test(thing.number)).map(({ thing }) => thing.number)
  const usual = usualBlock(ofPeople)
  return usual.length === 0 ? after(FIRST, taken, true) : after(usual[0]!, taken, false)
}

/** The hundred in which most people's numbers are, in order. */
function usualBlock(numbers: readonly string[]): string[] {
  const blocks = new Map<string, string[]>()
  for (const number of numbers) {
    const block = `${number.length} ${number.slice(0, -2)}`
    blocks.set(block, [...(blocks.get(block) ?? []), number])
  }
  return [...blocks.values()].sort((a, b) => b.length - a.length)[0]?.sort() ?? []
}

function after(number: string, taken: ReadonlySet<string>, itself: boolean): string {
  const length = number.length
  for (let next = Number(number) + (itself ? 0 : 1); String(next).length <= length; next += 1) {
    const padded = String(next).padStart(length, '0')
    if (!taken.has(padded)) return padded
  }
  return ''
}

/** Numbers that lead there, in order. */
export const numbersOf = (numbers: Numbers, kind: Thing<'extension'>['target']['kind'], key: string): Versioned<Thing<'extension'>>[] =>
  numbers.filter(({ thing }) => thing.target.kind === kind && thing.target.key === key).sort((a, b) => a.thing.number.localeCompare(b.thing.number, undefined, { numeric: true }))

/** A dialled number can't be told from a longer one until the caller waits: `10` and `101`. */
export function overlapping(number: string, numbers: Numbers): string | undefined {
  return numbers.map(({ thing }) => thing.number).find((other) => other !== number && number !== '' && (other.startsWith(number) || number.startsWith(other)))
}

/** The hundreds in which there are numbers, those of people first. */
export function blocksOf(numbers: Numbers): { prefix: string; used: number }[] {
  const used = new Map<string, number>()
  for (const { thing } of numbers) {
    if (!/^[0-9]{3,6}$/.test(thing.number)) continue
    const prefix = thing.number.slice(0, -2)
    used.set(prefix, (used.get(prefix) ?? 0) + 1)
  }
  return [...used].map(([prefix, count]) => ({ prefix, used: count })).sort((a, b) => a.prefix.localeCompare(b.prefix, undefined, { numeric: true }))
}
