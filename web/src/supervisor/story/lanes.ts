/** The time line of a call, from its facts: a lane for each party, its stretches in seconds from the beginning. */
import type { Schemas } from '~/api/client'
import type { Names } from '~/api/names'
import { asPhone } from '~/kit/numbers'
import { asTimer, secondsOf } from '~/kit/times'
import type { Trade } from '~/kit/trade'
import { inSentence } from '~/kit/words'
import { callerLegOf, type Fact, type FactOf, type Kind, lastOf, ofKind, type Told } from '../telling/facts'
import { callerOf } from '../telling/telling'
import { say } from './words'

export type StretchKind = 'here' | 'menu' | 'wait' | 'ring' | 'talk' | 'hold' | 'lost' | 'wrap' | 'card'

export interface Stretch {
  kind: StretchKind
  from: number
  to: number
  /** What stands in it, where there is room. */
  text: string
  /** What it is, in words, for those who point at it or can't see it. */
  about: string
}

export interface Lane {
  key: string
  name: string
  detail: string
  stretches: Stretch[]
  /** Beside the last stretch: what came of it. */
  note?: string
}

export interface RecordedPart {
  recording: string
  from: number
  /** Null until it is kept. */
  lasts: number | null
  failed: boolean
  /** Where it was paused: seconds from the beginning of the call. */
  silent: { from: number; to: number }[]
}

export interface TimeLine {
  /** The moment of second 0, in milliseconds. */
  began: number
  lasts: number
  lanes: Lane[]
  /** When the program was away. */
  gaps: { from: number; to: number; lost: number }[]
  recorded: RecordedPart[]
}

interface Drawing {
  call: Schemas['CallOut']
  /** Facts of the call itself. */
  told: readonly Told[]
  /** Facts of its cards too. */
  all: readonly Told[]
  names: Names
  trade: Trade
  began: number
  ends: number
}

/** Facts that come long after the call, or say nothing about when something ended. */
const NO_END: ReadonlySet<Kind> = new Set(['RecordingKept', 'RecordingFailed', 'CardTyped', 'RecordingHeard', 'MessageLeft', 'MessageNotKept'])

/** Draw; `now` in milliseconds is where what still goes on ends. */
export function timeLineOf(call: Schemas['CallOut'], all: readonly Told[], names: Names, trade: Trade, now: number): TimeLine {
  const told = all.filter(({ fact }) => !('call' in fact) || fact.call === call.id || fact.kind === 'CardOpened')
  const began = Date.parse(call.began)
  const drawing: Drawing = { call, told, all, names, trade, began, ends: endOf(call, all, began, now) }
  const lanes = [callerLane(drawing), ...menuLane(drawing), ...queueLanes(drawing), ...userLanes(drawing), ...outsideLane(drawing), ...cardLanes(drawing)]
  return { began, lasts: Math.max(1, drawing.ends), lanes, gaps: gapsOf(drawing), recorded: recordedOf(drawing) }
}

function endOf(call: Schemas['CallOut'], all: readonly Told[], began: number, now: number): number {
  const moments = all.filter(({ fact }) => !NO_END.has(fact.kind)).map(({ at }) => Date.parse(at))
  const cardOpen = [...ofKind(all, 'CardOpened')].length > [...ofKind(all, 'CardClosed')].length
  const goesOn = call.ended === null || cardOpen ? [now] : [Date.parse(call.ended)]
  return (Math.max(began, ...moments, ...goesOn) - began) / 1000
}

const at = (drawing: Drawing, moment: string): number => Math.max(0, (Date.parse(moment) - drawing.began) / 1000)

interface Span<O extends Fact, C extends Fact> {
  key: string
  from: number
  to: number
  opened: O
  closed: C | null
}

/** Pair what opens with what closes it, by a key; what was never closed ends where the drawing ends. */
function spans<O extends Kind, C extends Kind>(
  drawing: Drawing, told: readonly Told[], opens: O, closes: readonly C[],
  keyOf: (fact: FactOf<O> | FactOf<C>) => string | null | undefined,
): Span<FactOf<O>, FactOf<C>>[] {
  const found: Span<FactOf<O>, FactOf<C>>[] = []
  for (const { at: moment, fact } of told) {
    if (fact.kind === opens) {
      const key = keyOf(fact as FactOf<O>)
      if (key) found.push({ key, from: at(drawing, moment), to: drawing.ends, opened: fact as FactOf<O>, closed: null })
    } else if ((closes as readonly Kind[]).includes(fact.kind)) {
      const open = found.findLast((span) => span.closed === null && span.key === keyOf(fact as FactOf<C>))
      if (open) Object.assign(open, { to: at(drawing, moment), closed: fact })
    }
  }
  return found
}

function callerLane(drawing: Drawing): Lane {
  const { call, told, names } = drawing
  const leg = callerLegOf(told)
  const gone = [...ofKind(told, 'LegGone')].find(({ fact }) => fact.leg === leg)
  const to = gone ? at(drawing, gone.at) : call.ended ? (Date.parse(call.ended) - drawing.began) / 1000 : drawing.ends
  const detail = call.user ? say('calls_out') : call.name && call.number ? asPhone(call.number) : call.trunk ? names.trunk(call.trunk) : ''
  return { key: 'caller', name: callerOf(call, names), detail, stretches: [{ kind: 'here', from: 0, to, text: '', about: say('in_call', { time: asTimer(to) }) }] }
}

const SHOWN_ELSEWHERE = new Set(['answer', 'queue', 'dial', 'dial_outside', 'hang_up', 'fill_card', 'show_card', 'transfer'])

function menuLane(drawing: Drawing): Lane[] {
  const { told, names } = drawing
  const steps = spans(drawing, told, 'NodeEntered', ['NodeLeft'], (fact) => fact.node)
    .filter(({ opened, from, to }) => !SHOWN_ELSEWHERE.has(opened.component) && to - from > 0.2)
  if (steps.length === 0) return []
  const stretches = steps.map(({ opened, closed, from, to }): Stretch => {
    const name = names.component(opened.component)
    const key = opened.component === 'menu' && closed && /^[0-9*#]$/.test(closed.exit) ? closed.exit : null
    const text = key === null ? inSentence(name) : say('menu_key', { key })
    return { kind: 'menu', from, to, text, about: `${key === null ? name : `${name} → ${key}`}, ${asTimer(to - from)}` }
  })
  const began = lastOf(told, 'ScenarioBegan')?.fact
  return [{ key: 'menu', name: say('scenario'), detail: began && began.version > 0 ? names.scenario(began.scenario) : '', stretches }]
}

function queueLanes(drawing: Drawing): Lane[] {
  const { told, names, trade } = drawing
  const waits = spans(drawing, told, 'QueueEntered', ['QueueLeft'], (fact) => fact.queue)
  return [...new Set(waits.map(({ key }) => key))].map((queue) => {
    const here = waits.filter(({ key }) => key === queue)
    const stretches = here.map(({ from, to, closed }): Stretch => {
      const time = asTimer(closed ? secondsOf(closed.waited) : to - from)
      return { kind: 'wait', from, to, text: time, about: say('waited_for', { time }) }
    })
    const last = here.at(-1)?.closed
    const note = last && last.why !== 'served' ? trade.leftQueue(last.why) : undefined
    return { key: `queue ${queue}`, name: say('queue'), detail: names.queue(queue), stretches, note }
  })
}

function userLanes(drawing: Drawing): Lane[] {
  const { told, all, call } = drawing
  const users = new Set<string>()
  for (const { fact } of told) {
    if (fact.kind === 'LegRung' && fact.user) users.add(fact.user)
    if (fact.kind === 'TalkBegan' && fact.user) users.add(fact.user)
  }
  for (const { fact } of ofKind(all, 'CardOpened')) users.add(fact.holder)
  if (call.user) users.delete(call.user)
  return [...users].map((user) => userLane(drawing, user))
}

function userLane(drawing: Drawing, user: string): Lane {
  const { told, names, trade } = drawing
  const stretches = [...rings(drawing, user), ...talks(drawing, user), ...wraps(drawing, user)].sort((a, b) => a.from - b.from)
  const missed = [...ofKind(told, 'OfferNotTaken')].findLast(({ fact }) => fact.operator === user)?.fact
  const took = stretches.some(({ kind }) => kind === 'talk')
  const note = missed && !took ? say('note', { why: trade.notTaken(missed.why), time: asTimer(secondsOf(missed.rang)) }) : undefined
  const device = [...ofKind(told, 'LegRung')].findLast(({ fact }) => fact.user === user)?.fact.device
  return { key: `user ${user}`, name: names.user(user), detail: device ? names.device(device) || say('browser') : '', stretches, note }
}

/** Ringing, of all phones of a user together. */
function rings(drawing: Drawing, user: string): Stretch[] {
  const rung = spans(drawing, drawing.told, 'LegRung', ['LegTaken', 'LegGone'], (fact) => (fact.user === user || fact.user == null ? fact.leg : null))
    .filter(({ opened }) => opened.user === user)
  const joined: Stretch[] = []
  for (const { from, to } of rung) {
    const last = joined.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else joined.push({ kind: 'ring', from, to, text: '', about: '' })
  }
  return joined.map((stretch) => ({ ...stretch, about: say('rang_for', { time: asTimer(stretch.to - stretch.from) }) }))
}

const TALK_NOW: Partial<Record<Kind, 'talk' | 'hold' | 'lost'>> = {
  TalkBegan: 'talk', PutOnHold: 'hold', TakenBack: 'talk', TalkInterrupted: 'lost', TalkResumed: 'talk', PageStayedAway: 'lost',
}

/** Talks, cut where somebody was put on hold or a page was away. */
function talks(drawing: Drawing, user: string): Stretch[] {
  const found: Stretch[] = []
  for (const talk of spans(drawing, drawing.told, 'TalkBegan', ['TalkEnded'], (fact) => fact.user ?? OUTSIDE)) {
    if (talk.key !== user) continue
    let [kind, from]: ['talk' | 'hold' | 'lost', number] = ['talk', talk.from]
    for (const { at: moment, fact } of drawing.told) {
      const here = at(drawing, moment)
      const next = TALK_NOW[fact.kind]
      if (next === undefined || next === kind || here < talk.from || here > talk.to) continue
      found.push(talking(kind, from, here))
      ;[kind, from] = [next, here]
    }
    found.push(talking(kind, from, talk.to))
  }
  return found.filter(({ from, to }) => to > from)
}

function talking(kind: 'talk' | 'hold' | 'lost', from: number, to: number): Stretch {
  const time = asTimer(to - from)
  return { kind, from, to, text: kind === 'talk' ? say('talk', { time }) : say(kind), about: say(`${kind}_for`, { time }) }
}

function wraps(drawing: Drawing, user: string): Stretch[] {
  return spans(drawing, drawing.all, 'WrapUpBegan', ['CardClosed'], (fact) => (fact.holder === user ? fact.dialog : null))
    .filter(({ from, to }) => to - from > 0.2)
    .map(({ from, to }) => ({ kind: 'wrap', from, to, text: say('wrap'), about: say('wrap_for', { time: asTimer(to - from) }) }))
}

const OUTSIDE = 'outside'

/** The party outside of a call of ours. */
function outsideLane(drawing: Drawing): Lane[] {
  const { told, call, names } = drawing
  const rung = spans(drawing, told, 'LegRung', ['LegTaken', 'LegGone'], (fact) => fact.leg).filter(({ opened }) => opened.trunk != null)
  if (rung.length === 0) return []
  const rang = rung.map(({ from, to }): Stretch => ({ kind: 'ring', from, to, text: '', about: say('rang_for', { time: asTimer(to - from) }) }))
  const trunk = rung.at(-1)?.opened.trunk
  const name = call.name || asPhone(call.number) || say('outside')
  return [{ key: OUTSIDE, name, detail: trunk ? names.trunk(trunk) : '', stretches: [...rang, ...talks(drawing, OUTSIDE)] }]
}

function cardLanes(drawing: Drawing): Lane[] {
  return spans(drawing, drawing.all, 'CardOpened', ['CardClosed'], (fact) => fact.dialog).map(({ key, from, to, opened, closed }) => {
    const title = drawing.names.card(opened.card)
    const result = closed?.disposition ? drawing.names.result(opened.card, closed.disposition) : null
    const text = result === null ? title : `${title} → ${inSentence(result)}`
    return { key: `card ${key}`, name: say('card'), detail: title, stretches: [{ kind: 'card', from, to, text: result === null ? '' : inSentence(result), about: text }] }
  })
}

function gapsOf(drawing: Drawing): TimeLine['gaps'] {
  return [...ofKind(drawing.told, 'CallAdopted')].map(({ at: moment, fact }) => {
    const to = at(drawing, moment)
    return { from: Math.max(0, to - secondsOf(fact.away)), to, lost: fact.legs_lost ?? 0 }
  })
}

function recordedOf(drawing: Drawing): RecordedPart[] {
  const { told } = drawing
  return [...ofKind(told, 'RecordingBegan')].map(({ at: moment, fact: { recording } }) => {
    const kept = [...ofKind(told, 'RecordingKept')].find(({ fact }) => fact.recording === recording)
    const silent = spans(drawing, told, 'RecordingMuted', ['RecordingUnmuted', 'RecordingEnded'], (fact) => (fact.recording === recording ? recording : null))
    return {
      recording, from: at(drawing, moment), lasts: kept ? secondsOf(kept.fact.lasts) : null,
      failed: [...ofKind(told, 'RecordingFailed')].some(({ fact }) => fact.recording === recording),
      silent: silent.map(({ from, to }) => ({ from, to })),
    }
  })
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200]

/** Where the marks of time stand: at least `apart` pixels from each other. */
export function marksOf(lasts: number, width: number, apart = 90): number[] {
  const step = STEPS.find((seconds) => (seconds / lasts) * width >= apart) ?? 14_400
  return Array.from({ length: Math.floor(lasts / step) + 1 }, (_, n) => n * step)
}
