/** The call column in a talk: who, how it sounds, whom to send them to; what is done with the call always at the bottom. */
import { type ReactNode, useState } from 'react'
import { asTimer } from '~/kit/times'
import { Timer, useSecond } from '~/kit/Timer'
import type { DeskCall } from '../desk'
import type { PhoneCall } from '../talk'
import { Asking, AskingBand } from './Asking'
import { Band } from './Band'
import { Caller } from './Caller'
import classes from './call.module.css'
import { Conference } from './Conference'
import { Controls, type Open } from './Controls'
import { Digits } from './Digits'
import { Hearing } from './Hearing'
import { DirectTransfer, Transfer } from './Transfer'
import { useWords } from './words'

interface Talk {
  call: DeskCall
  /** The session of this page, if the talk is here. */
  here: PhoneCall | undefined
  /** Another call that rings meanwhile. */
  children?: ReactNode
}

export function Talking({ call, here, children }: Talk) {
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  return (
    <>
      <TalkBand call={call} />
      <div className={classes.fill}>
        {children}
        <Caller call={call} />
        <Hearing call={call} here={here} />
        {call.consultation && <Asking call={call} asked={call.consultation} />}
        {call.together.length > 0 && <Conference call={call} />}
        {open === 'transfer' && <Transfer call={call} close={close} />}
        {open === 'digits' && <Digits call={call} close={close} />}
        {open === null && <DirectTransfer call={call} />}
      </div>
      <Controls call={call} here={here} open={open} setOpen={setOpen} />
    </>
  )
}

function TalkBand({ call }: { call: DeskCall }) {
  const say = useWords()
  const time = <Timer since={call.since} />
  if (call.interrupted) {
    const { mine, until } = call.interrupted
    return <Band tone="warn" lamp="warn" caption={say(mine ? 'interrupted' : 'interrupted_there')} big={time} under={<Within until={until} text={mine ? 'interrupted_text' : 'interrupted_there_text'} />} />
  }
  if (call.consultation) return <AskingBand call={call} asked={call.consultation} time={time} />
  if (call.together.length > 0) return <Band tone="talk" lamp="talking" caption={say('conference', { count: call.together.filter(({ ringing }) => !ringing).length })} big={time} />
  if (call.hold === 'them') return <Band tone="talk" lamp="hold" caption={say('held')} big={time} under={<div className={classes.under}>{say('held_text')}</div>} />
  if (call.hold === 'me') return <Band tone="talk" lamp="hold" caption={say('held_by_them')} big={time} />
  return <Band tone="talk" lamp="talking" caption={say('talk')} big={time} />
}

function Within({ until, text }: { until: string; text: 'interrupted_text' | 'interrupted_there_text' }) {
  const say = useWords()
  const now = useSecond()
  return <div className={classes.under} role="status">{say(text, { time: asTimer((new Date(until).getTime() - now) / 1000) })}</div>
}
