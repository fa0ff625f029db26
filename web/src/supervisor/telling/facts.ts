import type { Schemas } from '~/api/client'

export type Fact = Schemas['Fact']
export type Kind = Fact['kind']
export type FactOf<K extends Kind> = Extract<Fact, { kind: K }>
export type Told = Schemas['FactOut']

/** The facts of one kind among these, with when they were. */
export function* ofKind<K extends Kind>(told: readonly Told[], kind: K): Generator<{ at: string; fact: FactOf<K> }> {
  for (const { at, fact } of told) if (fact.kind === kind) yield { at, fact: fact as FactOf<K> }
}

/** The last fact of a kind. */
export function lastOf<K extends Kind>(told: readonly Told[], kind: K): { at: string; fact: FactOf<K> } | undefined {
  return [...ofKind(told, kind)].at(-1)
}

/** The caller's leg: the one that came to us, or that of one of ours who called from a page. */
export const callerLegOf = (told: readonly Told[]): string | undefined =>
  lastOf(told, 'CallerReached')?.fact.leg ?? lastOf(told, 'CallArrived')?.fact.leg
