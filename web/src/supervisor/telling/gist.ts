/** What matters of a call, gathered from its facts: from it the sentences above the time line are made. */
import { secondsOf } from '~/kit/times'
import type { NotTakenWhy, SystemDisposition, Whose } from '~/kit/trade'
import { lastOf, ofKind, type Told } from './facts'

export interface Gist {
  dialled: string
  /** Calls of ours that are no talks with somebody: to listen to another call, or to hear oneself. */
  purpose: 'talk' | 'listen' | 'test'
  /** Keys pressed in menus, in order. */
  keys: string[]
  /** Queues in order, and how long the caller waited there; null while they still wait. */
  waits: { queue: string; seconds: number | null; left: string | null }[]
  talks: { user: string | null; seconds: number | null }[]
  notTaken: { operator: string; why: NotTakenWhy; seconds: number }[]
  held: number
  sentOn: { to: string; by: string | null }[]
  /** Brought together after a question: by whom, with whom of ours. */
  transferred: { by: string; to: string | null }[]
  /** How many were in a conference, and for how long; none if there was none. */
  conference: { people: number; seconds: number } | null
  /** How long pages were away during talks. */
  pageAway: number
  pageLost: string | null
  adopted: { seconds: number; lost: number }[]
  results: { dialog: string; card: string | undefined; key: string }[]
  end: { disposition: SystemDisposition; whose: Whose } | null
  nowhere: boolean
  outside: boolean
}

const BLAMELESS: readonly NotTakenWhy[] = ['caller_left', 'out_of_time', 'we_were_away']

/** Gather; moments are only used where a fact has no duration of its own. */
export function gistOf(told: readonly Told[]): Gist {
  const arrived = lastOf(told, 'CallArrived') ?? lastOf(told, 'CallPlaced') ?? lastOf(told, 'CallWhileAway')
  const ended = lastOf(told, 'CallEnded') ?? lastOf(told, 'CallWhileAway')
  return {
    dialled: arrived?.fact.dialled ?? '',
    purpose: lastOf(told, 'CallPlaced')?.fact.purpose ?? 'talk',
    keys: keysOf(told),
    waits: waitsOf(told),
    talks: talksOf(told),
    notTaken: [...ofKind(told, 'OfferNotTaken')]
      .filter(({ fact }) => !BLAMELESS.includes(fact.why))
      .map(({ fact }) => ({ operator: fact.operator, why: fact.why, seconds: secondsOf(fact.rang) })),
    held: heldOf(told),
    sentOn: [...ofKind(told, 'SentOn')].map(({ fact }) => ({ to: fact.to, by: fact.by ?? null })),
    transferred: [...ofKind(told, 'Transferred')].map(({ fact }) => ({ by: fact.by, to: fact.user ?? null })),
    conference: conferenceOf(told),
    pageAway: [...ofKind(told, 'TalkResumed')].reduce((sum, { fact }) => sum + secondsOf(fact.after), 0),
    pageLost: lastOf(told, 'PageStayedAway')?.fact.user ?? null,
    adopted: [...ofKind(told, 'CallAdopted')].map(({ fact }) => ({ seconds: secondsOf(fact.away), lost: fact.legs_lost ?? 0 })),
    results: resultsOf(told),
    end: ended ? endOf(ended.fact) : null,
    nowhere: lastOf(told, 'Routed')?.fact.why === 'no route',
    outside: [...ofKind(told, 'LegRung')].some(({ fact }) => fact.trunk != null),
  }
}

function conferenceOf(told: readonly Told[]): Gist['conference'] {
  const joined = [...ofKind(told, 'ConferenceJoined')].length
  const over = [...ofKind(told, 'ConferenceEnded'), ...ofKind(told, 'RoomClosed')]
  if (joined === 0 || over.length === 0) return null
  return { people: joined, seconds: over.reduce((sum, { fact }) => sum + secondsOf(fact.lasted), 0) }
}

function endOf(fact: { kind: 'CallEnded'; disposition: string; whose: Whose } | { kind: 'CallWhileAway'; disposition: string }): Gist['end'] {
  return { disposition: fact.disposition as SystemDisposition, whose: fact.kind === 'CallEnded' ? fact.whose : 'us' }
}

function keysOf(told: readonly Told[]): string[] {
  const menus = new Set([...ofKind(told, 'NodeEntered')].filter(({ fact }) => fact.component === 'menu').map(({ fact }) => fact.node))
  return [...ofKind(told, 'NodeLeft')].filter(({ fact }) => menus.has(fact.node) && /^[0-9*#]$/.test(fact.exit)).map(({ fact }) => fact.exit)
}

function waitsOf(told: readonly Told[]): Gist['waits'] {
  const waits: Gist['waits'] = []
  for (const { fact } of told) {
    if (fact.kind === 'QueueEntered') waits.push({ queue: fact.queue, seconds: null, left: null })
    const last = waits.at(-1)
    if (fact.kind === 'QueueLeft' && last) Object.assign(last, { seconds: secondsOf(fact.waited), left: fact.why })
  }
  return waits
}

function talksOf(told: readonly Told[]): Gist['talks'] {
  const talks: Gist['talks'] = []
  for (const { fact } of told) {
    if (fact.kind === 'TalkBegan') talks.push({ user: fact.user ?? null, seconds: null })
    const last = talks.at(-1)
    if (fact.kind === 'TalkEnded' && last) last.seconds = secondsOf(fact.talked)
  }
  return talks
}

/** Time on hold, by the wall clock: the facts of hold have no duration. */
function heldOf(told: readonly Told[]): number {
  let since: number | null = null
  let held = 0
  for (const { at, fact } of told) {
    if (fact.kind === 'PutOnHold') since ??= Date.parse(at)
    if (since !== null && (fact.kind === 'TakenBack' || fact.kind === 'TalkEnded')) {
      held += Math.max(0, Date.parse(at) - since) / 1000
      since = null
    }
  }
  return held
}

function resultsOf(told: readonly Told[]): Gist['results'] {
  const cards = new Map([...ofKind(told, 'CardOpened')].map(({ fact }) => [fact.dialog, fact.card]))
  return [...ofKind(told, 'CardClosed')].flatMap(({ fact }) =>
    fact.disposition ? [{ dialog: fact.dialog, card: cards.get(fact.dialog), key: fact.disposition }] : [])
}
