import type { ReactNode } from 'react'
import { Lamp } from '~/kit/Lamp'
import type { Desk, DeskCall } from '../desk'
import { ringingOf, usePhone } from '../phone'
import type { PhoneCall } from '../talk'
import { callerLine } from '../useAnnouncing'
import classes from './call.module.css'
import { OnLine } from './OnLine'
import { Ringing } from './Ringing'
import { Talking } from './Talking'
import { useWords } from './words'

/** The call of now, as the house tells it; what rings at this page is shown even before the house has told it. */
export function CurrentCall({ desk, otherwise }: { desk: Desk; otherwise: ReactNode }) {
  const calls = usePhone((phone) => phone.calls)
  const [call, ...others] = desk.calls
  const hereOf = ({ rang_as: key }: DeskCall) => calls.findLast((one) => one.call === key)
  switch (call?.stage) {
    case 'talking': {
      const ringing = others.filter(({ stage }) => stage === 'ringing').flatMap((other) => hereOf(other) ?? [])
      return <Talking key={call.id} call={call} here={hereOf(call)}>{ringing.map((other) => <AlsoRings key={other.id} call={other} />)}</Talking>
    }
    case 'ringing': return <Ringing call={call} here={hereOf(call)} />
    case 'calling':
    case 'listening': return <OnLine call={call} here={hereOf(call)} />
    default: {
      const ringing = ringingOf(calls)
      return ringing ? <Ringing call={undefined} here={ringing} /> : otherwise
    }
  }
}

function AlsoRings({ call }: { call: PhoneCall }) {
  const say = useWords()
  return <div className={classes.also} role="status"><Lamp state="ringing" /><b>{callerLine(call)}</b> {say('also_rings')}</div>
}
