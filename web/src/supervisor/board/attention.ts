/** Operators whom the supervisor should look at, and why. */
import type { BoardOperator, BoardQueue } from './live'

export type Concern =
  | { why: 'no_phone'; state: 'bad' }
  | { why: 'break_over'; state: 'bad'; seconds: number }
  | { why: 'page_lost'; state: 'warn' }
  | { why: 'missed_call'; state: 'warn' }
  | { why: 'long_talk'; state: 'warn'; seconds: number }
  | { why: 'long_wrap_up'; state: 'warn'; seconds: number }

/** A talk or a wrap-up is long at twice what is usual in its queue today, but not before this. */
const NOT_BEFORE = 120
const TIMES = 2
/** As many calls make a usual. */
const ENOUGH = 5

const lasting = (operator: BoardOperator, now: number): number => (operator.since === null ? 0 : (now - Date.parse(operator.since)) / 1000)

/** What is wrong with an operator at this moment (milliseconds); null: nothing. */
export function concernOf(operator: BoardOperator, queues: readonly BoardQueue[], now: number): Concern | null {
  switch (operator.status) {
    case 'not_connected': return { why: 'no_phone', state: 'bad' }
    case 'break': return ofBreak(operator, now)
    case 'talking': return operator.call?.away ? { why: 'page_lost', state: 'warn' } : tooLong('long_talk', operator, queues, now)
    case 'wrap_up': return tooLong('long_wrap_up', operator, queues, now)
    default: return null
  }
}

function ofBreak(operator: BoardOperator, now: number): Concern | null {
  if (operator.break_kind === 'missed_call') return { why: 'missed_call', state: 'warn' }
  const over = operator.break_limit === null ? 0 : lasting(operator, now) - operator.break_limit
  return over > 0 ? { why: 'break_over', state: 'bad', seconds: over } : null
}

function tooLong(why: 'long_talk' | 'long_wrap_up', operator: BoardOperator, queues: readonly BoardQueue[], now: number): Concern | null {
  const usual = usualOf(operator, queues)
  const seconds = lasting(operator, now)
  return usual !== null && seconds > Math.max(NOT_BEFORE, usual * TIMES) ? { why, state: 'warn', seconds: seconds - usual } : null
}

/** What a call of this operator usually takes today: in the queue of the call, else in any that they serve. */
function usualOf(operator: BoardOperator, queues: readonly BoardQueue[]): number | null {
  const theirs = operator.call?.queue ? [operator.call.queue] : operator.queues
  const known = queues.filter(({ queue, served, mean_handling }) => theirs.includes(queue) && served >= ENOUGH && mean_handling !== null)
  return known.length === 0 ? null : Math.max(...known.map(({ mean_handling }) => mean_handling ?? 0))
}

export interface Watched {
  operator: BoardOperator
  concern: Concern | null
}

/** Who needs attention first, the worse before the less bad; then all at work, then those who are not, by name. */
export function watched(operators: readonly BoardOperator[], queues: readonly BoardQueue[], now: number): Watched[] {
  return operators
    .map((operator) => ({ operator, concern: concernOf(operator, queues, now) }))
    .sort((a, b) => rank(a) - rank(b) || a.operator.name.localeCompare(b.operator.name))
}

function rank({ operator, concern }: Watched): number {
  if (concern !== null) return concern.state === 'bad' ? 0 : 1
  return operator.status === 'signed_out' ? 3 : 2
}
