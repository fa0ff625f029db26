import clsx from 'clsx'
import { Link } from 'react-router'
import { useNames } from '~/api/names'
import { Lamp } from '~/kit/Lamp'
import { asPhone } from '~/kit/numbers'
import { secondsSince } from '~/kit/times'
import { Timer } from '~/kit/Timer'
import classes from './board.module.css'
import type { Board } from './live'
import { useWords } from './words'

/** Everybody who waits, the longest first; each opens its living story. */
export function Waiting({ board, now }: { board: Board; now: number }) {
  const say = useWords()
  const names = useNames()
  if (board.waiting.length === 0) return <p className={classes.none}>{say('nobody_waits')}</p>
  const norms = new Map(board.queues.map(({ queue, norm_within }) => [queue, norm_within]))
  return (
    <ol className={classes.list}>
      {board.waiting.map((one) => {
        const late = secondsSince(one.since, now) > (norms.get(one.queue) ?? Infinity)
        return (
          <li key={one.call}>
            <Link to={`/calls/${one.call}`} className={classes.waiting}>
              <Lamp state={one.offered_to ? 'ringing' : 'reserved'} />
              <b>{one.name || asPhone(one.number) || say('hidden')}</b>
              <span className={classes.quiet}>{names.queue(one.queue)}{one.offered_to && `, ${say('rings_at', { operator: names.user(one.offered_to) })}`}</span>
              <Timer since={one.since} className={clsx(late && classes.bad)} />
            </Link>
          </li>
        )
      })}
    </ol>
  )
}
