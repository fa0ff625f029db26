/** The story in a few sentences: who called which number, chose what, waited, talked with whom, and how it ended. */
import type { Schemas } from '~/api/client'
import type { Names } from '~/api/names'
import { asPhone } from '~/kit/numbers'
import { asGap, asTimer } from '~/kit/times'
import type { Trade } from '~/kit/trade'
import { inSentence } from '~/kit/words'
import type { Told } from './facts'
import { type Gist, gistOf } from './gist'
import { calleeOf, callerOf } from './telling'
import { say } from './words.lead'

type Call = Schemas['CallOut']

/** A piece of a sentence; bold where it matters. */
export interface Piece {
  text: string
  bold: boolean
}

interface About {
  call: Call
  gist: Gist
  names: Names
  trade: Trade
}

/** All sentences, as pieces. */
export function leadOf(call: Call, told: readonly Told[], names: Names, trade: Trade): Piece[] {
  const about: About = { call, gist: gistOf(told), names, trade }
  return piecesOf([opening(about), ...followed(about)].join(' '))
}

/** The same without marks, for a title or a clipboard. */
export const leadText = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')

function opening(about: About): string {
  const { call, gist, names } = about
  const caller = safe(callerOf(call, names))
  if (gist.purpose !== 'talk') return say(gist.purpose, { caller })
  const first = say(call.while_away ? 'while_away' : call.direction, { caller, dialled: safe(calleeOf(call) || asPhone(gist.dialled)) })
  return `${listed([first, ...deeds(about)])}.`
}

type Deed = 'chose' | 'waited' | 'waits' | 'abandoned' | 'waited_too_long' | 'refused' | 'talked_with' | 'talked' | 'talks_with' | 'talks'
type Do = (deed: Deed, values?: Record<string, unknown>) => string

/** What the caller did, one clause each; a customer is told of otherwise than one of ours. */
function deeds({ call, gist, names }: About): string[] {
  const act: Do = (deed, values) => say(call.direction === 'inbound' ? deed : `ours.${deed}`, values)
  const chose = gist.keys.length ? [act('chose', { keys: gist.keys.join(', ') })] : []
  const waits = gist.waits.map((wait) => waited(wait, names, act))
  const talks = gist.talks.map(({ user, seconds }) => talked(user, seconds, names, act))
  return [...chose, ...waits, ...talks]
}

const WAITED: Record<string, Deed> = {
  served: 'waited', abandoned: 'abandoned', waited_too_long: 'waited_too_long', refused: 'refused', switch_lost: 'waited',
}

function waited({ queue, seconds, left }: Gist['waits'][number], names: Names, act: Do): string {
  const values = { queue: safe(names.queue(queue)), time: asTimer(seconds ?? 0) }
  return act(seconds === null || left === null ? 'waits' : (WAITED[left] ?? 'waited'), values)
}

function talked(user: string | null, seconds: number | null, names: Names, act: Do): string {
  const values = { user: user === null ? '' : safe(names.user(user)), time: asTimer(seconds ?? 0) }
  if (seconds === null) return act(user === null ? 'talks' : 'talks_with', values)
  return act(user === null ? 'talked' : 'talked_with', values)
}

/** The sentences after the first. */
function followed(about: About): string[] {
  const { gist, names } = about
  const talks = gist.talks.length > 0
  return [
    ...results(about),
    ...notTaken(about),
    ...(gist.held >= 1 ? [say('held', { time: asTimer(gist.held) })] : []),
    ...gist.sentOn.map(({ to, by }) => (by ? say('sent_on_by', { user: safe(names.user(by)), to }) : say('sent_on', { to }))),
    ...gist.transferred.map(({ by, to }) => say(to ? 'transferred' : 'transferred_outside', { user: safe(names.user(by)), third: to ? safe(names.user(to)) : '' })),
    ...(gist.conference ? [say('conference', { count: gist.conference.people, time: asTimer(gist.conference.seconds) })] : []),
    ...(gist.pageAway > 0 ? [say('page_away', { time: asGap(gist.pageAway) })] : []),
    ...(gist.pageLost ? [say('page_lost')] : []),
    ...gist.adopted.map(({ seconds, lost }) => say(lost ? 'adopted_lost' : 'adopted', { time: asGap(seconds), count: lost })),
    ...(gist.nowhere ? [say('nowhere')] : talks || gist.end === null ? [] : ending(gist.end.disposition)),
  ]
}

function results({ gist, names }: About): string[] {
  if (gist.results.length === 0) return []
  return [say('results', { results: gist.results.map(({ card, key }) => safe(inSentence(names.result(card, key)))).join(', ') })]
}

function notTaken({ gist, names, trade }: About): string[] {
  if (gist.notTaken.length === 0) return []
  const who = gist.notTaken.map(({ operator, why, seconds }) =>
    say(why === 'no_answer' ? 'untaken' : 'untaken_why', { operator: safe(names.user(operator)), why: trade.notTaken(why), time: asTimer(seconds) }))
  return [say('not_taken', { who: who.join(', ') })]
}

const SAID_BY_ITSELF = ['ended_by_scenario', 'abandoned_in_menu', 'left_message', 'not_reached', 'refused', 'failed', 'switch_lost'] as const

function ending(disposition: string): string[] {
  const known = SAID_BY_ITSELF.find((key) => key === disposition)
  return known ? [say(`end.${known}`)] : []
}

/** `a, b and c`. */
function listed(clauses: readonly string[]): string {
  const last = clauses.at(-1) ?? ''
  return clauses.length < 3 ? clauses.join(say('comma')) : clauses.slice(0, -1).join(say('comma')) + say('and') + last
}

/** Names come from outside: they must not be taken for marks. */
const safe = (text: string): string => text.replaceAll('<', '‹')

function piecesOf(marked: string): Piece[] {
  return marked
    .split(/<b>|<\/b>/)
    .map((text, at) => ({ text, bold: at % 2 === 1 }))
    .filter(({ text }) => text !== '')
}
