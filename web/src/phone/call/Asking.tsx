/** A consultation in the call column: who is asked, who hears music, and what becomes of it. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Schemas } from '~/api/client'
import { useKeys } from '~/kit/keys'
import { asPhone } from '~/kit/numbers'
import { KeyHint } from '~/kit/small'
import { cancelConsultation, completeTransfer, joinAll, toggle } from '../acts'
import type { DeskCall } from '../desk'
import { Band } from './Band'
import classes from './call.module.css'
import { useWords } from './words'

interface Asks {
  call: DeskCall
  asked: Schemas['DeskConsultation']
}

type Other = Schemas['OtherOut']
const named = ({ name, number }: Other, otherwise: string): string => name || (number ? asPhone(number) : otherwise)

export function AskingBand({ call, asked, time }: Asks & { time: ReactNode }) {
  const say = useWords()
  const waits = asked.queue_title !== null && !asked.answered
  const values = { name: waits ? asked.queue_title : named(asked.other, say('someone')), first: named(call.other, say('someone')) }
  const rings = !asked.answered
  const caption = asked.with_first ? 'asking_first' : waits ? 'asking_queue' : rings ? 'asking_rings' : 'asking'
  return <Band tone="talk" lamp={rings ? 'ringing' : 'talking'} caption={say(caption, values)} big={time} under={<div className={classes.under}>{say(asked.with_first ? 'asking_first_text' : 'asking_text', values)}</div>} />
}

export function Asking({ call, asked }: Asks) {
  const say = useWords()
  const may = (can: DeskCall['can'][number]) => call.can.includes(can)
  const complete = may('complete_transfer') ? () => void completeTransfer(call.id) : undefined
  const over = may('toggle') ? () => void toggle(call.id) : undefined
  useKeys({ 'Alt+Enter': complete, 'Alt+KeyW': over })
  return (
    <section className={`${classes.padTight} ${classes.asking}`} aria-label={say('asking', { name: named(asked.other, say('someone')) })}>
      <Button variant="filled" fullWidth disabled={!complete} onClick={complete} rightSection={<KeyHint inverse>Alt Enter</KeyHint>}>{say(asked.answered ? 'complete' : asked.queue_title !== null ? 'complete_waiting' : 'complete_ringing')}</Button>
      <Button variant="default" fullWidth disabled={!over} onClick={over} rightSection={<KeyHint>Alt W</KeyHint>}>{say('toggle')}</Button>
      <div className={classes.pair}>
        <Button variant="default" disabled={!may('join_all')} onClick={() => void joinAll(call.id)}>{say('join_all')}</Button>
        <Button variant="default" disabled={!may('cancel_consultation')} onClick={() => void cancelConsultation(call.id)}
          title={say('cancel_to', { first: named(call.other, say('someone')) })}>{say('cancel_asking')}</Button>
      </div>
    </section>
  )
}
