import { CurrentCall } from '~/phone/call/CurrentCall'
import type { Desk, DeskCard } from '~/phone/desk'
import type { Work } from '../work'
import { NotConnected, OnBreak, Ready, Reserved, SignedOut } from './Resting'
import { WrapUp } from './WrapUp'

interface Column {
  desk: Desk
  card: DeskCard | undefined
  work: Work
}

/** What to do now; states replace what is in the column, never the column. */
export const CallColumn = (column: Column) => <CurrentCall desk={column.desk} otherwise={<Resting {...column} />} />

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
