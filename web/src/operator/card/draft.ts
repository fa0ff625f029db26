/** What is typed into a card, and what of it is on disk: pure, so that nothing is lost by a slip. */
import type { FieldValue } from '~/kit/card/CardField'
import type { Values } from '~/kit/card/CardForm'

/** The result of the card travels with its fields, under a name that no field can have. */
export const RESULT = '/result'

/** A record as the server last told it; `values` holds its result, too. */
export interface Told {
  values: Values
  revision: number
}

export interface Draft {
  told: Told
  /** Typed, and not sent yet; also what the server does not take, until it is typed anew. */
  pending: Values
  /** On its way. */
  sending: Values
  /** What the server does not take, and why, in both languages. */
  faults: Record<string, Fault>
  /** Fields that were changed elsewhere while they were typed in here; the value from there. */
  rivals: Values
  /** Fields that were typed in on this page and are on disk. */
  saved: ReadonlySet<string>
}

export interface Fault {
  en: string
  ru: string
}

export const draftOf = (told: Told, pending: Values = {}): Draft => ({
  told, pending: unlike(told, pending), sending: {}, faults: {}, rivals: {}, saved: new Set(),
})

/** What is on the page. */
export const shownIn = ({ told, sending, pending }: Draft): Values => ({ ...told.values, ...sending, ...pending })

/** What is not on disk yet. */
export const unsavedIn = ({ sending, pending }: Draft): Values => ({ ...sending, ...pending })

/** What to send next; nothing while something is on its way. */
export function toSend({ pending, sending, faults }: Draft): Values {
  if (Object.keys(sending).length > 0) return {}
  return without(pending, Object.keys(faults))
}

export function typed(draft: Draft, key: string, value: FieldValue): Draft {
  return {
    ...draft, pending: { ...draft.pending, [key]: value }, faults: without(draft.faults, [key]),
    rivals: without(draft.rivals, [key]), saved: new Set([...draft.saved].filter((one) => one !== key)),
  }
}

export function sent(draft: Draft): Draft {
  const sending = toSend(draft)
  return { ...draft, sending, pending: without(draft.pending, Object.keys(sending)) }
}

/** The server has it on disk; `told` is the record after that. */
export function answered(draft: Draft, told: Told): Draft {
  const saved = new Set([...draft.saved, ...Object.keys(draft.sending).filter((key) => !(key in draft.pending))])
  return retold({ ...draft, sending: {}, saved, told: { ...draft.told, values: { ...draft.told.values, ...draft.sending } } }, told)
}

/** It did not arrive: what was not typed anew meanwhile is sent again. */
export function returned(draft: Draft): Draft {
  return { ...draft, sending: {}, pending: { ...draft.sending, ...draft.pending } }
}

/** One field was not taken; the others may be sent again. */
export const misfit = (draft: Draft, key: string, fault: Fault): Draft => {
  const back = returned(draft)
  return { ...back, faults: { ...back.faults, [key]: fault } }
}

/** The record as it is now, perhaps changed by others; what is being typed here stays, and the other value is kept beside it. */
export function retold(draft: Draft, told: Told): Draft {
  if (told.revision < draft.told.revision) return draft
  const mine = unsavedIn(draft)
  const changed = Object.keys(mine).filter((key) => !same(told.values[key], draft.told.values[key]) && !same(told.values[key], mine[key]))
  const rivals = { ...draft.rivals, ...Object.fromEntries(changed.map((key) => [key, told.values[key] ?? null])) }
  return { ...draft, told, rivals }
}

/** Take over what was typed elsewhere. */
export const yielded = (draft: Draft, key: string): Draft => typed(draft, key, draft.rivals[key] ?? null)

const same = (one: FieldValue | undefined, other: FieldValue | undefined): boolean => (one ?? '') === (other ?? '')

function without<V>(values: Record<string, V>, keys: readonly string[]): Record<string, V> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)))
}

const unlike = (told: Told, pending: Values): Values =>
  Object.fromEntries(Object.entries(pending).filter(([key, value]) => !same(told.values[key], value)))
