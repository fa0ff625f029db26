/** What a supervisor wants to hear of as it happens, from the feed; kept while the client is open. */
import { useEffect } from 'react'
import { create } from 'zustand'
import { type Kept, useFacts } from '~/api/feed'
import type { Fact, Kind } from '../telling/facts'

const AT_MOST = 60
/** How far back one looks when the board is opened. */
const LOOK_BACK = 400
const LOOK_FOR = 1500

const ALWAYS: ReadonlySet<Kind> = new Set<Kind>([
  'OperatorSignedIn', 'OperatorSignedOut', 'BreakWished', 'ReadyWished', 'PageStayedAway', 'RecordingFailed', 'Failed', 'CallWhileAway', 'ListeningBegan',
  'SetupPublished', 'RecordingErased', 'EngineStarted', 'SwitchLost', 'SwitchFound', 'TrunkReached', 'TrunkLost', 'ModeThrown', 'OutgoingBlocked', 'AddressLocked', 'AddressReleased', 'OutgoingAllowed',
])

/** Whether it is news: what goes as it should is not. */
export function isNews(fact: Fact): boolean {
  if (fact.kind === 'QueueLeft') return fact.why !== 'served'
  if (fact.kind === 'OfferNotTaken') return ['no_answer', 'declined', 'unreachable'].includes(fact.why)
  if (fact.kind === 'CardClosed') return fact.by !== 'holder'
  return ALWAYS.has(fact.kind)
}

interface Happened {
  news: readonly Kept[]
  looked: boolean
}

const useStore = create<Happened>(() => ({ news: [], looked: false }))

function hear(kept: Kept): void {
  if (!isNews(kept.fact)) return
  useStore.setState(({ news }) => {
    if (news.some(({ seq }) => seq === kept.seq)) return { news }
    return { news: [kept, ...news].sort((a, b) => b.seq - a.seq).slice(0, AT_MOST) }
  })
}

/** News, the latest first; `seq` is the last fact that is known, null until it is. */
export function useHappened(seq: number | null): readonly Kept[] {
  const { news, looked } = useStore()
  useFacts(hear)
  useEffect(() => {
    if (seq !== null && !looked) {
      useStore.setState({ looked: true })
      lookBack(seq)
    }
  }, [seq, looked])
  return news
}

/** The feed tells what was told before, if it is asked from a number on. */
function lookBack(seq: number): void {
  const feed = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/feed?after=${Math.max(0, seq - LOOK_BACK)}`)
  const enough = setTimeout(() => feed.close(), LOOK_FOR)
  feed.onmessage = ({ data }) => hear(JSON.parse(data as string) as Kept)
  feed.onclose = () => clearTimeout(enough)
}
