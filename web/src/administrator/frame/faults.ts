import type { Schemas } from '~/api/client'
import { isRefused } from '~/api/problem'
import { sentenceOf } from '~/kit/refusals'
import { inLanguage } from '~/kit/words'

export interface Faults {
  /** By path in the thing: `norm.within`, `emergency.0.number`. */
  at: Readonly<Record<string, string>>
  /** What is said of no field at all. */
  whole: readonly string[]
}
export const NO_FAULTS: Faults = { at: {}, whole: [] }

/** A field as the form names it: the server says `body.norm.within`, or `queue/sales/norm.within`. */
function pathOf(field: string): string {
  const slashed = field.split('/')
  return slashed.length > 1 ? slashed.slice(2).join('/') : field.replace(/^body\.?/, '')
}

/** What a refusal says, taken apart by fields. */
export function faultsIn(why: unknown): Faults {
  if (why == null) return NO_FAULTS
  const fields = isRefused(why) ? (why.problem.fields ?? []) : []
  return fields.length === 0 ? { at: {}, whole: [sentenceOf(why)] } : byField(fields)
}

/** Faults by the fields that they belong to. */
export function byField(fields: readonly Schemas['FieldFault'][]): Faults {
  const at: Record<string, string> = {}
  const whole: string[] = []
  for (const fault of fields) {
    const path = pathOf(fault.field)
    const words = inLanguage(fault)
    if (path === '') whole.push(words)
    else at[path] = path in at ? `${at[path]}. ${words}` : words
  }
  return { at, whole }
}

/** The fault beside a field: its own, or one of its parts that has no place of its own. */
export function faultAt(faults: Faults, path: string, others: ReadonlySet<string>): string | undefined {
  const own = faults.at[path]
  if (own !== undefined) return own
  const inner = Object.keys(faults.at).find((known) => known.startsWith(`${path}.`) && !others.has(known))
  return inner === undefined ? undefined : faults.at[inner]
}

/** Faults of fields that the form does not show, each with what the field is called. */
export const unseen = (faults: Faults, shown: ReadonlySet<string>, titleOf: (path: string) => string): string[] =>
  Object.entries(faults.at)
    .filter(([path]) => ![...shown].some((known) => path === known || path.startsWith(`${known}.`)))
    .map(([path, words]) => `${titleOf(path) || path}: ${words}`)
