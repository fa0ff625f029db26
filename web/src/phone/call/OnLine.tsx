/** The call column while one calls somebody, is in a menu, hears oneself, or listens to others. */
import { useState } from 'react'
import { Timer } from '~/kit/Timer'
import type { DeskCall } from '../desk'
import type { PhoneCall } from '../talk'
import { Band } from './Band'
import { Who } from './Caller'
import classes from './call.module.css'
import { HangUp } from './Controls'
import { Digits } from './Digits'
import { Hearing } from './Hearing'
import { useWords } from './words'

export function OnLine({ call, here }: { call: DeskCall; here: PhoneCall | undefined }) {
  const say = useWords()
  const { name, number } = call.other
  const nobody = !name && !number
  const caption = call.stage === 'listening' ? 'listening' : nobody ? 'test' : 'calling'
  return (
    <>
      <Band tone="talk" lamp={caption === 'calling' ? 'ringing' : 'talking'} caption={say(caption)} big={<Timer since={call.since} />} />
      <div className={classes.fill}>
        <div className={classes.pad}>{nobody ? say('test_text') : <Who name={name} number={number} />}</div>
        {here?.state === 'talking' && <Hearing call={call} here={here} />}
        {call.can.includes('digits') && <Pad call={call} />}
      </div>
      <div className={classes.pinned}><HangUp call={call} word={say(caption === 'calling' ? 'give_up' : 'hang_up')} /></div>
    </>
  )
}

function Pad({ call }: { call: DeskCall }) {
  const [closed, setClosed] = useState(false)
  return closed ? null : <Digits call={call} close={() => setClosed(true)} />
}
