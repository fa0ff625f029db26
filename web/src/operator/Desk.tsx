import { Loader } from '@mantine/core'
import clsx from 'clsx'
import { useState } from 'react'
import { useMe } from '~/api/session'
import { RefusalNote } from '~/kit/refusals'
import { Foot } from './bar/Foot'
import { StateBar } from './bar/StateBar'
import { CallColumn } from './call/CallColumn'
import { CardPane } from './card/CardPane'
import { NoCard } from './card/NoCard'
import { OtherCards } from './card/OtherCards'
import { useKeeping } from './card/useFilling'
import { CustomerPane } from './customer/CustomerPane'
import { DemoKill } from './demo/DemoKill'
import { type Desk as DeskNow, type DeskCard, useDesk } from '~/phone/desk'
import { useWork } from './work'
import classes from './desk.module.css'
import { useKeys } from '~/kit/keys'

/** The operator's desk: the call, its card, its customer. */
export function Desk() {
  const { data, error } = useDesk()
  if (data) return <Living desk={data} />
  return <div className={classes.waiting}>{error ? <RefusalNote why={error} /> : <Loader color="var(--ink3)" />}</div>
}

function Living({ desk }: { desk: DeskNow }) {
  const work = useWork(useMe().user)
  const { card, choose } = useCard(desk)
  useKeeping(desk.cards)
  useBreakKey(desk, work)
  const [call] = desk.calls
  return (
    <div className={classes.desk}>
      <StateBar desk={desk} work={work} />
      <div className={classes.columns}>
        <section className={classes.column}><CallColumn desk={desk} card={card} work={work} /></section>
        <section className={clsx(classes.column, classes.paper)}>
          {card ? <CardPane key={card.id} card={card}><OtherCards cards={desk.cards} shown={card.id} choose={choose} /></CardPane> : <NoCard call={call} />}
        </section>
        <section className={classes.column}><CustomerPane desk={desk} call={call} card={card} /></section>
      </div>
      <Foot desk={desk}>{call?.stage === 'talking' && <DemoKill key={call.id} call={call.id} />}</Foot>
    </div>
  )
}

/** The card that is worked on: that of the talk first; else the one that closes next, or the one that was chosen. */
function useCard({ cards, calls }: DeskNow): { card: DeskCard | undefined; choose: (id: string) => void } {
  const [chosen, choose] = useState<string | null>(null)
  const ofCall = cards.find(({ call }) => call !== null && call === calls[0]?.id)
  return { card: cards.find(({ id }) => id === chosen) ?? ofCall ?? cards[0], choose }
}

function useBreakKey({ state, breaks }: DeskNow, work: ReturnType<typeof useWork>): void {
  const [first] = breaks
  const wish = state.break_kind === null ? first && (() => work.rest(first.key)) : work.ready
  useKeys({ F2: state.signed_in && wish })
}
