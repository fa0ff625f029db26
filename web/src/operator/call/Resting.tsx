/** The call column while nobody is on the line. */
import { Button } from '@mantine/core'
import { IconCoffee, IconPlayerPlay } from '@tabler/icons-react'
import { KeyHint } from '~/kit/small'
import { asTimer } from '~/kit/times'
import { Timer, useSecond } from '~/kit/Timer'
import { inLanguage } from '~/kit/words'
import { LineNote } from '~/phone/notes'
import type { Desk } from '~/phone/desk'
import type { Work } from '../work'
import { DemoCalls } from '../demo/DemoCalls'
import { Band } from '~/phone/call/Band'
import classes from '~/phone/call/call.module.css'
import { useWords } from './words'

interface Box {
  desk: Desk
  work: Work
}

export function SignedOut({ desk, work }: Box) {
  const say = useWords()
  return (
    <>
      <Band tone="away" lamp="away" caption={say('signed_out')} />
      <div className={`${classes.pad} ${classes.fill} ${classes.stack}`}>
        <p>{say('signed_out_text')}</p>
        <Button variant="filled" size="lg" fullWidth leftSection={<IconPlayerPlay size={18} />} onClick={work.begin}>{say('begin_work')}</Button>
        {desk.cards.length > 0 && <p className={classes.small}>{say('cards_open', { count: desk.cards.length })}</p>}
        <LineNote />
      </div>
    </>
  )
}

export function NotConnected({ desk, work }: Box) {
  const say = useWords()
  return (
    <>
      <Band tone="warn" lamp="off" caption={say('no_phone')} big={desk.state.since && <Timer since={desk.state.since} />} />
      <div className={`${classes.pad} ${classes.fill} ${classes.stack}`}>
        <p>{say('no_phone_text')}</p>
        <LineNote />
      </div>
      <BreakButton desk={desk} work={work} />
    </>
  )
}

export function Ready({ desk, work }: Box) {
  const say = useWords()
  return (
    <>
      <Band tone="ready" lamp="ready" caption={say('ready')} big={desk.state.since && <Timer since={desk.state.since} />} />
      <div className={`${classes.pad} ${classes.fill} ${classes.sections}`}>
        {desk.queues.length === 0 && <p>{say('no_queues')}</p>}
        {desk.queues.map((queue) => <QueueLine key={queue.queue} queue={queue} />)}
      </div>
      <DemoCalls />
      <BreakButton desk={desk} work={work} />
    </>
  )
}

function QueueLine({ queue }: { queue: Desk['queues'][number] }) {
  const say = useWords()
  const now = useSecond()
  const longest = queue.longest_since ? Math.max(0, (now - new Date(queue.longest_since).getTime()) / 1000) : 0
  return (
    <div className={classes.queue}>
      <b>{queue.title}</b>
      <b className={longest > queue.norm_within ? classes.bad : undefined}>{queue.waiting || ''}</b>
      <span>{queue.longest_since ? say('longest', { time: asTimer(longest) }) : say('nobody_waits')}</span>
      <span>{say('operators', { count: queue.ready })}</span>
    </div>
  )
}

export function Reserved({ desk, work }: Box) {
  const say = useWords()
  return (
    <>
      <Band tone="warn" lamp="reserved" caption={say('reserved')} big={desk.state.since && <Timer since={desk.state.since} />} />
      <div className={`${classes.pad} ${classes.fill}`}>{say('reserved_text')}</div>
      <BreakButton desk={desk} work={work} later />
    </>
  )
}

export function OnBreak({ desk, work }: Box) {
  const say = useWords()
  const { state } = desk
  const kind = desk.breaks.find(({ key }) => key === state.break_kind)
  const caption = kind ? inLanguage(kind.title) : say('missed')
  return (
    <>
      <Band tone={kind ? 'away' : 'warn'} lamp={kind ? 'away' : 'warn'} caption={caption} big={state.since && <Timer since={state.since} />}
        under={kind?.limit && state.since ? <Limit since={state.since} limit={kind.limit} /> : undefined} />
      <div className={`${classes.pad} ${classes.fill} ${classes.stack}`}>
        {state.reason && state.reason.code !== 'break' && <p>{inLanguage(state.reason)}</p>}
        <Button variant="filled" size="lg" fullWidth leftSection={<IconPlayerPlay size={18} />} rightSection={<KeyHint inverse>F2</KeyHint>} onClick={work.ready}>{say('back')}</Button>
      </div>
    </>
  )
}

function Limit({ since, limit }: { since: string; limit: number }) {
  const say = useWords()
  const now = useSecond()
  const left = limit - (now - new Date(since).getTime()) / 1000
  const values = { limit: asTimer(limit), left: asTimer(left), over: asTimer(-left) }
  return <div className={left < 0 ? `${classes.under} ${classes.bad}` : classes.under}>{say(left < 0 ? 'break_over' : 'break_left', values)}</div>
}

/** The first kind of break by one key; the others stand in the menu of the state. */
export function BreakButton({ desk, work, later = false }: Box & { later?: boolean }) {
  const say = useWords()
  const [first] = desk.breaks
  if (first === undefined) return null
  return (
    <div className={classes.pinned}>
      <button type="button" className={`${classes.hang} ${classes.quiet}`} onClick={() => work.rest(first.key)}>
        <IconCoffee size={17} />{say(later ? 'break_after' : 'break')} <KeyHint>F2</KeyHint>
      </button>
    </div>
  )
}
