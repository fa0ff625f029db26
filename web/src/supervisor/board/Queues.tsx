import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Lamp } from '~/kit/Lamp'
import { Why } from '~/kit/small'
import { Spark } from '~/kit/Spark'
import { asNumber, asShare, asTimer } from '~/kit/times'
import { Timer } from '~/kit/Timer'
import { useSize } from './size'
import classes from './board.module.css'
import type { Board, BoardQueue } from './live'
import { normOf } from './norms'
import { useWords } from './words'

/** Each queue now, and how today goes. */
export function Queues({ board, now }: { board: Board; now: number }) {
  const say = useWords()
  const wide = useSize() === 'wide'
  const top = Math.max(1, ...board.queues.flatMap(({ hour }) => hour))
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{say('queue')}</th><Figure>{say('waits')}</Figure><Figure>{say('longest')}</Figure><th scope="col">{say('hour')}</th>
          <Figure why={say('why_in_time')}>{say('in_time')}</Figure><Figure why={say('why_lost')}>{say('lost')}</Figure>
          <Figure why={say('why_mean_wait')}>{say('mean_wait')}</Figure><Figure>{say('calls')}</Figure><Figure why={say('why_free')}>{say('free_of')}</Figure>
        </tr>
      </thead>
      <tbody>
        {board.queues.map((queue) => <Row key={queue.queue} queue={queue} state={normOf(queue, board, now).state} top={top} spark={wide ? 160 : 84} />)}
        {board.queues.length > 1 && <All queues={board.queues} spark={wide ? 160 : 84} />}
      </tbody>
    </table>
  )
}

/** A head of a column of figures, with its formula. */
export function Figure({ children, why }: { children: ReactNode; why?: string }) {
  const say = useWords()
  return <th scope="col" className={classes.n}>{children}{why && <Why label={`${String(children)}: ${say('formula')}`}>{why}</Why>}</th>
}

const atWork = ({ operators }: BoardQueue): number =>
  Object.entries(operators).reduce((sum, [status, count]) => (status === 'signed_out' ? sum : sum + (count ?? 0)), 0)

function Row({ queue, state, top, spark }: { queue: BoardQueue; state: 'bad' | 'warn' | 'ready'; top: number; spark: number }) {
  const say = useWords()
  const broken = state === 'bad'
  const alarm = clsx(classes.n, broken && classes.bad)
  const weak = queue.service_level !== null && queue.service_level < queue.norm_share
  return (
    <tr className={clsx(broken && classes.hot)}>
      <td><span className={classes.named}><Lamp state={state} size={broken ? 11 : 10} /><b>{queue.title}</b></span></td>
      <td className={clsx(classes.n, classes.count)}>{queue.waiting}</td>
      <td className={alarm}>{queue.longest_since === null ? '–' : <Timer since={queue.longest_since} />}</td>
      <td><Spark values={queue.hour} top={top} broken={broken} width={spark} label={say('hour_of', { queue: queue.title, most: asNumber(Math.max(0, ...queue.hour)), now: queue.waiting })} /></td>
      <td className={clsx(classes.n, weak && classes.warn)} title={say('last_hour', { share: asShare(queue.service_level_hour) })}>{asShare(queue.service_level)}</td>
      <td className={classes.n} title={say('last_hour', { share: asShare(queue.lost_share_hour) })}>{asShare(queue.lost_share, 1)}</td>
      <td className={classes.n}>{queue.mean_wait === null ? '–' : asTimer(queue.mean_wait)}</td>
      <td className={classes.n}>{asNumber(queue.entered)}</td>
      <td className={classes.n}>{queue.operators.ready ?? 0} / {atWork(queue)}</td>
    </tr>
  )
}

/** All queues together; shares of different sizes are not added up. */
function All({ queues, spark }: { queues: readonly BoardQueue[]; spark: number }) {
  const say = useWords()
  const sum = (of: (queue: BoardQueue) => number): number => queues.reduce((whole, queue) => whole + of(queue), 0)
  const longest = queues.flatMap(({ longest_since }) => longest_since ?? []).sort()[0]
  const hour = (queues[0]?.hour ?? []).map((_, at) => sum((queue) => queue.hour[at] ?? 0))
  const waiting = sum((queue) => queue.waiting)
  return (
    <tr className={classes.sum}>
      <td>{say('all')}</td><td className={clsx(classes.n, classes.count)}>{waiting}</td>
      <td className={classes.n}>{longest === undefined ? '–' : <Timer since={longest} />}</td>
      <td><Spark values={hour} top={Math.max(1, ...hour)} width={spark} label={say('hour_of', { queue: say('all'), most: asNumber(Math.max(0, ...hour)), now: waiting })} /></td>
      <td /><td /><td /><td className={classes.n}>{asNumber(sum((queue) => queue.entered))}</td><td />
    </tr>
  )
}
