import type { Schemas } from '~/api/client'
import { asShare } from '~/kit/times'
import { inUnits } from '../changes/values'
import type { Thing } from '../frame/things'
import { say } from './words'

type Queue = Thing<'queue'>
type Strategy = Schemas['StrategyKind']

/** What each way of choosing does to people; a new one asks here for its words. */
export const STRATEGY_ABOUT: Record<Strategy, 'strategy_longest_idle' | 'strategy_round_robin'> = {
  longest_idle: 'strategy_longest_idle', round_robin: 'strategy_round_robin',
}
const RINGS: Record<Strategy, 'rings_longest_idle' | 'rings_round_robin'> = { longest_idle: 'rings_longest_idle', round_robin: 'rings_round_robin' }

interface Known {
  user: (key: string) => string
  card: (key: string) => string
}

/** What will happen to a call in this queue, sentence by sentence; `wrap_up_limit` and `card` decide what comes after the talk. */
export function effectOf(queue: Queue, { user, card }: Known): string[] {
  const { operators = [], strategy = 'longest_idle', norm } = queue
  const time = inUnits(queue.ring_for ?? 0)
  if (operators.length === 0) return []
  const [first = ''] = operators
  const ringing = operators.length === 1 ? say('rings_alone', { name: user(first), time }) : say(RINGS[strategy], { count: operators.length, time })
  return [
    ringing,
    ...(queue.missed_call_takes_out ? [say('missed')] : []),
    say('gives_up', { time: inUnits(queue.give_up_after ?? 0) }),
    after(queue, card),
    ...(norm ? [say('promised', { share: asShare(norm.share ?? 0), time: inUnits(norm.within ?? 0) })] : []),
  ]
}

function after({ card: key, wrap_up_limit: limit }: Queue, card: Known['card']): string {
  if (!key) return say('then_free')
  return limit ? say('then_card_limit', { time: inUnits(limit), card: card(key) }) : say('then_card', { card: card(key) })
}

/** Who of the operators lacks the right to serve. */
export function withoutRight(operators: readonly string[], users: readonly { thing: Thing<'user'> }[], roles: readonly { thing: Thing<'role'> }[]): string[] {
  const serving = new Set(roles.filter(({ thing }) => thing.rights.includes('serve') || thing.rights.includes('administer')).map(({ thing }) => thing.id))
  const able = new Set(users.filter(({ thing }) => thing.active !== false && thing.roles?.some((role) => serving.has(role))).map(({ thing }) => thing.id))
  return operators.filter((key) => !able.has(key))
}
