import type { Names } from '~/api/names'
import type { Schemas } from '~/api/client'
import { asPhone } from '~/kit/numbers'
import type { Trade } from '~/kit/trade'
import { callerLegOf, ofKind, type Told } from './facts'
import type { Telling } from './lines'
import { say } from './words.lines'

type Call = Schemas['CallOut']

/** Who calls, as people say it: a name, else the number; one of ours by their name. */
export function callerOf(call: Call, names: Names): string {
  if (call.user) return names.user(call.user)
  return call.name || asPhone(call.number) || say('hidden')
}

/** Whom one of ours called outside; empty for all other calls. */
export const calleeOf = (call: Call): string => (call.direction === 'outbound' ? call.name || asPhone(call.number) || say('hidden') : '')

/** What the lines of one story need to know besides its facts. */
export function tellingOf(call: Call, told: readonly Told[], names: Names, trade: Trade): Telling {
  const components = new Map([...ofKind(told, 'NodeEntered')].map(({ fact }) => [fact.node, fact.component]))
  const cards = new Map([...ofKind(told, 'CardOpened')].map(({ fact }) => [fact.dialog, fact.card]))
  return {
    names, trade, caller: callerOf(call, names), callee: calleeOf(call), callerLeg: callerLegOf(told),
    componentAt: (node) => components.get(node) ?? node, cardOf: (dialog) => cards.get(dialog),
  }
}

/** For lines of all calls together, whose stories are not at hand. */
export const atLarge = (names: Names, trade: Trade): Telling => ({ names, trade, caller: '', callee: '', componentAt: (node) => node, cardOf: () => undefined })
