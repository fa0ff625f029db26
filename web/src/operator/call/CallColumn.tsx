import { Lamp } from '~/kit/Lamp'
import { ringingOf, usePhone } from '~/phone/phone'
import type { PhoneCall } from '~/phone/talk'
import { callerLine } from '~/phone/useAnnouncing'
import type { Desk, DeskCard, Work } from '../desk'
import { NotConnected, OnBreak, Ready, Reserved, SignedOut } from './Resting'
import { Calling, Ringing } from './Ringing'
import { Talking } from './Talking'
import { WrapUp } from './WrapUp'
import classes from './call.module.css'
import { useWords } from './words'

interface Column {
  desk: Desk
  card: DeskCard | undefined
  work: Work
}

/** What to do now; states replace what is in the column, never the column. */
export function CallColumn({ desk, card, work }: Column) {
  const calls = usePhone((phone) => phone.calls)
  const [call, ...others] = desk.calls
  const hereOf = (key: string) => calls.findLast((one) => one.call === key)
  if (call?.stage === 'talking') {
    return (
      <Talking key={call.id} call={call} here={hereOf(call.id)}>
        {others.filter(({ stage }) => stage === 'ringing').map((other) => <AlsoRings key={other.id} call={hereOf(other.id)} />)}
      </Talking>
    )
  }
  if (call?.stage === 'ringing') return <Ringing call={call} here={hereOf(call.id)} />
  if (call?.stage === 'calling') return <Calling call={call} />
  const ringing = ringingOf(calls)
  if (ringing) return <Ringing call={undefined} here={ringing} />
  return <Resting desk={desk} card={card} work={work} />
}

function Resting({ desk, card, work }: Column) {
  switch (desk.state.status) {
    case 'signed_out': return <SignedOut desk={desk} work={work} />
    case 'not_connected': return <NotConnected desk={desk} work={work} />
    case 'break': return <OnBreak desk={desk} work={work} />
    case 'wrap_up': return card ? <WrapUp desk={desk} card={card} work={work} /> : <Ready desk={desk} work={work} />
    case 'reserved': return <Reserved desk={desk} work={work} />
    default: return <Ready desk={desk} work={work} />
  }
}

/** Another call, while one is talked in. */
function AlsoRings({ call }: { call: PhoneCall | undefined }) {
  const say = useWords()
  if (!call) return null
  return <div className={classes.padTight} role="status"><Lamp state="ringing" /> {callerLine(call)} {say('also_rings')}</div>
}
