/** What is promised and how it stands: what is broken first, with since when and who could help. Real figures only. */
import type { Board, BoardOperator, BoardQueue, BoardTrunk } from './live'

export type Norm =
  | { kind: 'switch'; key: string; state: 'bad' }
  | { kind: 'trunk'; key: string; state: 'bad'; trunk: BoardTrunk }
  | { kind: 'late'; key: string; state: 'bad'; queue: BoardQueue; since: number; help: Help }
  | { kind: 'level'; key: string; state: 'warn'; queue: BoardQueue }
  | { kind: 'kept'; key: string; state: 'ready'; queue: BoardQueue }

/** Who could take the calls of a queue that is late. */
export interface Help {
  /** Ready, and serve this queue. */
  free: number
  /** Ready, but serve other queues only: how many in which. */
  elsewhere: { queue: string; count: number }[]
  /** Serve this queue and are on a break: whoever overran it, or was sent there by a missed call, comes first. */
  onBreak: BoardOperator[]
  /** Serve this queue and are at work, but no phone of theirs can be rung. */
  unconnected: number
  /** Serve this queue and are not at work. */
  absent: number
}

const secondsSince = (moment: string, now: number): number => (now - Date.parse(moment)) / 1000

/** Every norm of the board at this moment (milliseconds), the worst first. */
export function normsOf(board: Board, now: number): Norm[] {
  const switches: Norm[] = board.switch_up ? [] : [{ kind: 'switch', key: 'switch', state: 'bad' }]
  const trunks: Norm[] = board.trunks.filter(isDown).map((trunk) => ({ kind: 'trunk', key: `trunk ${trunk.trunk}`, state: 'bad', trunk }))
  const queues = board.queues.map((queue) => normOf(queue, board, now)).sort((a, b) => place(a, now) - place(b, now))
  const late = queues.filter(({ kind }) => kind === 'late')
  return [...switches, ...late, ...trunks, ...queues.filter(({ kind }) => kind !== 'late')]
}

/** A trunk whose calls go on is not down, whatever its other side does not answer. */
export const isDown = ({ up, busy }: BoardTrunk): boolean => up === false && busy === 0

/** How one queue stands. */
export function normOf(queue: BoardQueue, board: Board, now: number): Norm {
  const key = `queue ${queue.queue}`
  if (queue.longest_since !== null && secondsSince(queue.longest_since, now) > queue.norm_within) {
    const since = Date.parse(queue.longest_since) + queue.norm_within * 1000
    return { kind: 'late', key, state: 'bad', queue, since, help: helpFor(queue, board, now) }
  }
  const level = queue.service_level_hour
  return level !== null && level < queue.norm_share ? { kind: 'level', key, state: 'warn', queue } : { kind: 'kept', key, state: 'ready', queue }
}

/** The longer overdue, the further to the front; what is kept stays in the order of the queues. */
function place(norm: Norm, now: number): number {
  if (norm.kind === 'late') return norm.since - now
  return norm.kind === 'level' ? 1 : 2
}

function helpFor(queue: BoardQueue, board: Board, now: number): Help {
  const ready = board.operators.filter(({ status, queues }) => status === 'ready' && !queues.includes(queue.queue))
  const counts = new Map<string, number>()
  for (const { queues: [first] } of ready) if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1)
  const onBreak = board.operators.filter(({ status, queues }) => status === 'break' && queues.includes(queue.queue))
  return {
    free: queue.operators.ready ?? 0,
    elsewhere: [...counts].map(([key, count]) => ({ queue: titleOf(board, key), count })),
    onBreak: onBreak.sort((a, b) => overrun(b, now) - overrun(a, now)),
    unconnected: queue.operators.not_connected ?? 0,
    absent: queue.operators.signed_out ?? 0,
  }
}

const titleOf = (board: Board, key: string): string => board.queues.find(({ queue }) => queue === key)?.title ?? key

/** Seconds beyond the limit of the break; what a missed call brought has none, and is over as soon as somebody says so. */
function overrun({ break_kind, break_limit, since }: BoardOperator, now: number): number {
  if (break_kind === 'missed_call') return Infinity
  return since === null || break_limit === null ? -Infinity : secondsSince(since, now) - break_limit
}
