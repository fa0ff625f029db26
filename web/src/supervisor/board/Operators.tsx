import { ActionIcon, Menu, VisuallyHidden } from '@mantine/core'
import { IconDots, IconEar } from '@tabler/icons-react'
import clsx from 'clsx'
import { Link } from 'react-router'
import { type Names, useNames } from '~/api/names'
import { may, useMe } from '~/api/session'
import { Lamp } from '~/kit/Lamp'
import { asPhone } from '~/kit/numbers'
import { Ribbon } from '~/kit/Ribbon'
import { asNumber, asShare, asTimer } from '~/kit/times'
import { Timer } from '~/kit/Timer'
import { STATUS_LAMP, STATUS_RIBBON, STATUSES, type Trade, useTrade } from '~/kit/trade'
import { inSentence } from '~/kit/words'
import { useListening } from '../listening'
import { type Concern, type Watched, watched } from './attention'
import classes from './board.module.css'
import type { Board, BoardOperator } from './live'
import { Figure } from './Queues'
import { useSteering } from './steering'
import { useWords } from './words'

/** How many are in each state. */
export function Counts({ operators }: { operators: readonly BoardOperator[] }) {
  const trade = useTrade()
  const counted = STATUSES.map((status) => ({ status, count: operators.filter((one) => one.status === status).length })).filter(({ count }) => count > 0)
  return (
    <span className={`num ${classes.counts}`}>
      {counted.map(({ status, count }) => <span key={status}><Lamp state={STATUS_LAMP[status]} />{trade.statuses(status)} <b>{count}</b></span>)}
    </span>
  )
}

/** Everybody who serves a queue, whoever needs attention first. */
export function Operators({ board, now }: { board: Board; now: number }) {
  const say = useWords()
  const names = useNames()
  const trade = useTrade()
  return (
    <table className={clsx(classes.table, classes.operators)}>
      <thead>
        <tr>
          <th scope="col">{say('operator')}</th><th scope="col">{say('state')}</th><Figure>{say('already')}</Figure><th scope="col" className={classes.strip}>{say('ten_minutes')}</th>
          <Figure why={say('why_load')}>{say('load')}</Figure><th scope="col">{say('where')}</th><Figure>{say('talks')}</Figure>
          <Figure why={say('why_mean')}>{say('mean')}</Figure><Figure>{say('breaks')}</Figure><th scope="col"><VisuallyHidden>{say('actions')}</VisuallyHidden></th>
        </tr>
      </thead>
      <tbody>
        {watched(board.operators, board.queues, now).map((one) => <Row key={one.operator.user} {...one} names={names} trade={trade} />)}
      </tbody>
    </table>
  )
}

function Row({ operator, concern, names, trade }: Watched & { names: Names; trade: Trade }) {
  const colour = concern ? classes[concern.state] : undefined
  return (
    <tr className={clsx(operator.status === 'signed_out' && classes.absent)}>
      <td><b>{operator.name}</b></td>
      <td><State operator={operator} trade={trade} /></td>
      <td className={clsx(classes.n, colour)}>{operator.since && <Timer since={operator.since} />}</td>
      <td className={classes.strip}><Strip operator={operator} trade={trade} /></td>
      <td className={classes.n}>{asShare(operator.load)}</td>
      <td className={clsx(classes.where, colour)}>{concern ? <ConcernView operator={operator} concern={concern} names={names} /> : <Where operator={operator} names={names} />}</td>
      <td className={classes.n}>{asNumber(operator.talks)}</td>
      <td className={classes.n}>{operator.mean_handling === null ? '–' : asTimer(operator.mean_handling)}</td>
      <td className={clsx(classes.n, classes.quiet)}>{asTimer(operator.on_break)}</td>
      <td className={classes.acts}><Acts operator={operator} /></td>
    </tr>
  )
}

function State({ operator, trade }: { operator: BoardOperator; trade: Trade }) {
  const say = useWords()
  const held = operator.call?.hold === 'them'
  const then = operator.after !== 'ready' && operator.after !== operator.status && operator.status !== 'signed_out'
  return (
    <span className={classes.named}>
      <Lamp state={held ? 'hold' : STATUS_LAMP[operator.status]} />{held ? say('on_hold') : trade.status(operator.status)}
      {then && <span className={classes.quiet}>{say('afterwards', { status: trade.status(operator.after) })}</span>}
    </span>
  )
}

/** Ten minutes as a strip; what is not known of them is left empty on the left. */
function Strip({ operator, trade }: { operator: BoardOperator; trade: Trade }) {
  const say = useWords()
  const parts = operator.strip.map(([status, seconds]) => [status, seconds] as const)
  const known = parts.reduce((sum, [, seconds]) => sum + seconds, 0)
  const words = parts.map(([status, seconds]) => `${trade.status(status)} ${asTimer(seconds)}`).join(', ')
  return (
    <Ribbon label={say('strip_of', { operator: operator.name, parts: words })}
      parts={[['nothing', Math.max(0, 600 - known)], ...parts.map(([status, seconds]) => [STATUS_RIBBON[status], seconds] as const)]} />
  )
}

function Where({ operator, names }: { operator: BoardOperator; names: Names }) {
  const { call } = operator
  if (call === null) return <span className={classes.quiet}>{operator.queues.map(names.queue).join(', ')}</span>
  const who = call.other.name || (call.other.user ? names.user(call.other.user) : asPhone(call.other.number))
  const words = [who, call.queue && names.queue(call.queue)].filter(Boolean).join(' · ')
  return <span title={words}>{words}</span>
}

function ConcernView({ operator, concern, names }: { operator: BoardOperator; concern: Concern; names: Names }) {
  const say = useWords()
  if (concern.why === 'break_over') return say('concern.break_over', { kind: inSentence(names.breakKind(operator.break_kind ?? '')), time: asTimer(concern.seconds) })
  return say(`concern.${concern.why}`, { time: 'seconds' in concern ? asTimer(concern.seconds) : '' })
}

function Acts({ operator }: { operator: BoardOperator }) {
  const say = useWords()
  const me = useMe()
  const listening = useListening()
  const { call } = operator
  return (
    <span className={classes.actions}>
      {call?.stage === 'talking' && may(me, 'listen') && (
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={say('listen_to', { operator: operator.name })} title={say('listen')} onClick={() => listening.listen(call.id)}><IconEar size={15} /></ActionIcon>
      )}
      <Menu position="bottom-end" width={230} withinPortal>
        <Menu.Target><ActionIcon variant="subtle" color="gray" size="sm" aria-label={say('actions_of', { operator: operator.name })}><IconDots size={15} /></ActionIcon></Menu.Target>
        <Menu.Dropdown><Wishes operator={operator} /></Menu.Dropdown>
      </Menu>
    </span>
  )
}

/** What can be wished for this operator now. */
function Wishes({ operator }: { operator: BoardOperator }) {
  const say = useWords()
  const names = useNames()
  const steering = useSteering()
  const works = operator.after !== 'signed_out'
  return (
    <>
      {operator.call && <Menu.Item component={Link} to={`/calls/${operator.call.id}`}>{say('story')}</Menu.Item>}
      {works && operator.break_kind !== null && <Menu.Item onClick={() => steering.makeReady(operator)}>{say('make_ready')}</Menu.Item>}
      {works && <Menu.Label>{say('send_on_break')}</Menu.Label>}
      {works && Object.keys(names.all.breaks).filter((kind) => kind !== operator.break_kind).map((kind) => <Menu.Item key={kind} onClick={() => steering.sendOnBreak(operator, kind)}>{names.breakKind(kind)}</Menu.Item>)}
      {works && <Menu.Divider />}
      {works ? <Menu.Item onClick={() => steering.endWork(operator)}>{say('end_work')}</Menu.Item> : <Menu.Item onClick={() => steering.beginWork(operator)}>{say('begin_work')}</Menu.Item>}
    </>
  )
}
