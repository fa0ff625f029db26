import { VisuallyHidden } from '@mantine/core'
import { IconMicrophone, IconPhoneIncoming, IconPhoneOutgoing, IconPhone } from '@tabler/icons-react'
import { type KeyboardEvent as ReactKeyboardEvent, memo, type MouseEvent, type RefObject, useEffect, useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Schemas } from '~/api/client'
import type { Names } from '~/api/names'
import { Lamp } from '~/kit/Lamp'
import { asPhone } from '~/kit/numbers'
import { asMoment, asMoney, asTimer } from '~/kit/times'
import { Timer } from '~/kit/Timer'
import { dispositionLamp, type Trade, useTrade } from '~/kit/trade'
import { callerOf } from '../telling/telling'
import classes from './history.module.css'
import { useWords } from './words'

type Call = Schemas['CallOut']

/** Lines of the history; arrows go from one to the next, Enter opens the story. */
export function Rows({ calls, names }: { calls: readonly Call[]; names: Names }) {
  const say = useWords()
  const trade = useTrade()
  const body = useRef<HTMLTableSectionElement>(null)
  useArrowsInto(body)
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{say('col_when')}</th><th scope="col">{say('col_who')}</th><th scope="col">{say('col_to')}</th><th scope="col">{say('col_queue')}</th>
          <th scope="col">{say('col_operator')}</th><th scope="col" className={classes.n}>{say('col_waited')}</th><th scope="col" className={classes.n}>{say('col_talked')}</th>
          <th scope="col">{say('col_result')}</th><th scope="col"><VisuallyHidden>{say('col_recording')}</VisuallyHidden></th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={(event) => walk(event, body.current)}>
        {calls.map((call) => <Row key={call.id} call={call} names={names} trade={trade} />)}
      </tbody>
    </table>
  )
}

/** Whose story was opened last: whoever comes back goes on there. */
let lastOpened: string | null = null

/** The first arrow down, with nothing in hand, goes to the first line; coming back from a story, to its line. */
function useArrowsInto(body: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (lastOpened !== null) body.current?.querySelector<HTMLElement>(`a[data-line="${lastOpened}"]`)?.focus()
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' || document.activeElement !== document.body) return
      event.preventDefault()
      body.current?.querySelector<HTMLElement>('a[data-line]')?.focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [body])
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20 }

/** Move the focus among the lines' links. */
function walk(event: ReactKeyboardEvent, body: HTMLElement | null): void {
  const links = [...(body?.querySelectorAll<HTMLElement>('a[data-line]') ?? [])]
  const here = links.indexOf(document.activeElement as HTMLElement)
  const to = event.key === 'Home' ? 0 : event.key === 'End' ? links.length - 1 : here + (STEPS[event.key] ?? 0)
  if (here < 0 || to === here) return
  event.preventDefault()
  links[Math.max(0, Math.min(links.length - 1, to))]?.focus()
}

const WAY = { inbound: IconPhoneIncoming, outbound: IconPhoneOutgoing, internal: IconPhone }

const Row = memo(function Row({ call, names, trade }: { call: Call; names: Names; trade: Trade }) {
  const say = useWords()
  const go = useNavigate()
  const Way = WAY[call.direction]
  const who = callerOf(call, names)
  const to = `/calls/${call.id}`
  const open = (event: MouseEvent) => {
    if ((event.target as HTMLElement).closest('a') || window.getSelection()?.isCollapsed === false) return
    lastOpened = call.id
    void go(to)
  }
  return (
    <tr className={classes.row} onClick={open}>
      <td className="num"><Link to={to} data-line={call.id} onClick={() => (lastOpened = call.id)} aria-label={say('open', { who, when: asMoment(call.began, true) })}>{asMoment(call.began, true)}</Link></td>
      <td><span className={classes.who}><Way size={14} aria-label={trade.direction(call.direction)} role="img" /><b>{who}</b>{call.direction === 'inbound' && call.name && <span className="num">{asPhone(call.number)}</span>}</span></td>
      <td className="num">{call.direction === 'outbound' ? call.name || asPhone(call.number) : asPhone(call.dialled)}</td>
      <td>{call.queue && names.queue(call.queue)}</td>
      <td>{call.operator && call.operator !== call.user && names.user(call.operator)}</td>
      <td className={classes.n}>{call.waited > 0 && asTimer(call.waited)}</td>
      <td className={classes.n} title={call.cost == null ? undefined : say('cost', { cost: asMoney(call.cost) })}>{call.talked > 0 && asTimer(call.talked)}{call.cost != null && <VisuallyHidden>{say('cost', { cost: asMoney(call.cost) })}</VisuallyHidden>}</td>
      <td><Result call={call} trade={trade} /></td>
      <td className={classes.mark}>{call.recordings.length > 0 && <IconMicrophone size={14} role="img" aria-label={say('recorded')} />}</td>
    </tr>
  )
})

function Result({ call, trade }: { call: Call; trade: Trade }) {
  const say = useWords()
  if (call.ended === null) {
    const waits = call.queue !== null && call.operator === null
    return <span className={classes.result}><Lamp state={waits ? 'reserved' : 'talking'} />{say(waits ? 'waits' : 'goes_on')} <Timer since={call.began} /></span>
  }
  const words = call.disposition ? trade.disposition(call.disposition) : ''
  return <span className={classes.result} title={call.while_away ? `${words}, ${say('while_away')}` : undefined}><Lamp state={dispositionLamp(call.disposition)} />{words}</span>
}
