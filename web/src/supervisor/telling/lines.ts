/** One line for each fact, in words. A new kind of fact does not compile until it has its line here. */
import type { Names } from '~/api/names'
import type { LampState } from '~/kit/Lamp'
import { asPhone } from '~/kit/numbers'
import { asGap, asMoney, asShare, asTimer, secondsOf } from '~/kit/times'
import type { SystemDisposition, Trade } from '~/kit/trade'
import { inSentence } from '~/kit/words'
import type { Fact, FactOf, Kind } from './facts'
import { say } from './words.lines'

/** What the facts themselves don't hold: names, and who the call is from. */
export interface Telling {
  names: Names
  trade: Trade
  /** The caller as people say it; empty where it is not known. */
  caller: string
  /** The number outside that was called; empty where the fact itself holds what was dialled. */
  callee: string
  callerLeg?: string
  /** The kind of the component at a node of the call's scenario. */
  componentAt: (node: string) => string
  /** Which card a dialog fills in; undefined where it is not known. */
  cardOf: (dialog: string) => string | undefined
}

export interface Line {
  lamp: LampState
  text: string
  aside?: string
  /** Shown only to those who want to see every step. */
  minor?: boolean
}

type Tell = { [K in Kind]: (fact: FactOf<K>, about: Telling) => Line }

const lasting = (duration: string): string => asTimer(secondsOf(duration))
const by = (user: string | null | undefined, { names }: Telling): string | undefined =>
  user ? say('by.user', { user: names.user(user) }) : undefined
const unlessSelf = (user: string, operator: string, about: Telling): string | undefined => (user === operator ? undefined : by(user, about))

function whyRecorded({ record, by: decided, title, share, user }: FactOf<'RecordingDecided'>, about: Telling): Pick<Line, 'text' | 'aside'> {
  const text = say(record ? 'RecordingDecided.yes' : 'RecordingDecided.no')
  if (decided !== 'rule') return { text, aside: say(`RecordingDecided.${decided}`, { user: user ? about.names.user(user) : '' }) }
  return { text, aside: share ? say('RecordingDecided.share', { title: title ?? '', share }) : say('RecordingDecided.rule', { title: title ?? '' }) }
}

function left(fact: FactOf<'NodeLeft'>, { names, componentAt }: Telling): Line {
  const kind = componentAt(fact.node)
  if (fact.exit === 'error') return { lamp: 'bad', text: say('NodeLeft.error', { component: names.component(kind) }), aside: say('Failed.node', { node: fact.node }) }
  if (kind === 'menu' && fact.exit === 'no_choice') return { lamp: 'off', text: say('NodeLeft.nothing') }
  if (kind === 'menu') return { lamp: 'away', text: say('NodeLeft.key', { key: fact.exit }) }
  return { lamp: 'away', text: say('NodeLeft', { component: names.component(kind) }), aside: say('NodeLeft.exit', { exit: fact.exit }), minor: true }
}

function routed(fact: FactOf<'Routed'>, { names }: Telling): Line {
  if (fact.route) return { lamp: 'away', text: say('Routed.route', { route: names.route(fact.route) }), minor: true }
  if (fact.why === 'emergency') return { lamp: 'warn', text: say('Routed.emergency') }
  if (fact.why === 'no route') return { lamp: 'bad', text: say('Routed.nowhere') }
  return { lamp: 'away', text: say('Routed.extension', { to: fact.to }), minor: true }
}

/** A person, or only one phone of theirs. */
function stoppedOne(fact: { user: string, device?: string | null }, { names }: Telling): string {
  const user = names.user(fact.user)
  return fact.device ? say('stopped_phone', { user, phone: names.device(fact.device) || fact.device }) : user
}

function measured(fact: FactOf<'QualityMeasured'>, { names }: Telling): Line {
  const { heard, told, packets } = fact.quality
  const who = fact.user ? names.user(fact.user) : say('QualityMeasured.outside')
  if (packets === 0) return { lamp: 'bad', text: say('QualityMeasured.nothing', { who }) }
  const streams = [heard, told].filter((stream) => stream != null)
  const loss = Math.max(0, ...streams.map((stream) => stream.loss))
  const jitter = Math.round(1000 * Math.max(0, ...streams.map((stream) => secondsOf(stream.jitter))))
  const aside = say('QualityMeasured.figures', { loss: asShare(loss, 1), jitter })
  return { lamp: loss > 0.03 ? 'warn' : 'away', text: say('QualityMeasured', { who }), aside, minor: loss <= 0.03 }
}

function arrived(fact: FactOf<'CallArrived'>, about: Telling): Line {
  const caller = about.caller || (fact.user ? about.names.user(fact.user) : say('hidden'))
  const text = say('CallArrived', { caller, dialled: about.callee || asPhone(fact.dialled) })
  const held = fact.held_before ? secondsOf(fact.held_before) : 0
  if (held >= 1) return { lamp: 'warn', text, aside: say('CallArrived.held', { time: asTimer(held) }) }
  return { lamp: 'away', text, aside: fact.trunk ? about.names.trunk(fact.trunk) : undefined }
}

function placed(fact: FactOf<'CallPlaced'>, { names, callee }: Telling): Line {
  const user = names.user(fact.user)
  if (fact.purpose === 'listen' || fact.purpose === 'test') return { lamp: 'away', text: say(`CallPlaced.${fact.purpose}`, { user }) }
  return { lamp: 'away', text: say('CallPlaced', { user, dialled: callee || asPhone(fact.dialled) }) }
}

const WAIT_LAMP: Record<FactOf<'QueueLeft'>['why'], LampState> = {
  served: 'ready', abandoned: 'warn', waited_too_long: 'bad', refused: 'bad', switch_lost: 'bad',
}

const GROUP_LAMP: Record<FactOf<'GroupLeft'>['why'], LampState> = {
  taken: 'ready', no_answer: 'warn', unreachable: 'bad', caller_left: 'off',
}

const CONSULTED_LAMP: Record<FactOf<'ConsultationEnded'>['why'], LampState> = {
  cancelled: 'off', not_taken: 'warn', third_left: 'off', first_left: 'warn', handed_over: 'away', transferred: 'talking', joined: 'talking',
}

/** One of a conference: of us, the caller, or somebody else outside. */
function partyOf(fact: { leg: string; user?: string | null }, { names, caller, callerLeg }: Telling): string {
  if (fact.user) return names.user(fact.user)
  return fact.leg === callerLeg && caller ? caller : say('outside')
}

function gone(fact: FactOf<'LegGone'>, { names, trade, callerLeg }: Telling): Line {
  const cause = trade.endCause(fact.cause)
  if (fact.leg === callerLeg) return { lamp: fact.cause === 'lost' ? 'bad' : 'off', text: say('LegGone.caller', { cause }), minor: fact.ordered === true }
  const text = fact.user ? say('LegGone.user', { user: names.user(fact.user), cause }) : say('LegGone.outside', { cause })
  const cost = fact.charge?.cost
  return { lamp: fact.cause === 'lost' ? 'bad' : 'off', text, aside: cost == null ? undefined : say('LegGone.cost', { cost: asMoney(cost) }), minor: fact.cause !== 'lost' && cost == null }
}

function closed(fact: FactOf<'CardClosed'>, about: Telling): Line {
  const result = fact.disposition ? inSentence(about.names.result(about.cardOf(fact.dialog), fact.disposition)) : ''
  const text = result ? say('CardClosed', { result }) : say('CardClosed.plain')
  const how = fact.by === 'holder' ? [] : [say(fact.by === 'wrap_up_limit' ? 'CardClosed.limit' : 'CardClosed.administrator')]
  const time = secondsOf(fact.wrapped_up)
  const aside = [...how, ...(time >= 1 ? [say('CardClosed.wrapped', { time: asTimer(time) })] : [])].join(', ')
  return { lamp: fact.by === 'holder' ? 'ready' : 'warn', text, aside: aside || by(fact.holder, about) }
}

function adopted(fact: FactOf<'CallAdopted'>): Line {
  const kept = fact.legs ? say('CallAdopted.legs', { count: fact.legs }) : say('CallAdopted.kept')
  const aside = fact.legs_lost ? say('CallAdopted.lost', { count: fact.legs_lost }) : kept
  return { lamp: 'warn', text: say('CallAdopted', { time: asGap(secondsOf(fact.away)) }), aside }
}

const offerWhy = (why: string | undefined): string =>
  say(why === 'longest_idle' || why === 'round_robin' || why === 'personal' ? `why.${why}` : 'why.other')

const TELL: Tell = {
  CallArrived: arrived,
  CallPlaced: placed,
  CallerReached: (fact, { names }) => ({ lamp: 'talking', text: say('CallerReached', { user: names.user(fact.user) }), minor: true }),
  CalleeNotReached: (fact, { names, trade }) => ({
    lamp: 'warn',
    text: fact.user ? say('CalleeNotReached.user', { user: names.user(fact.user), cause: trade.endCause(fact.cause) }) : say('CalleeNotReached', { cause: trade.endCause(fact.cause) }),
  }),
  Routed: routed,
  ScenarioBegan: (fact, { names }) =>
    fact.version === 0
      ? { lamp: 'away', text: say('ScenarioBegan.built_in'), minor: true }
      : { lamp: 'away', text: say('ScenarioBegan', { scenario: names.scenario(fact.scenario) }), aside: say('ScenarioBegan.version', { version: fact.version }), minor: true },
  NodeEntered: (fact, { names }) => ({ lamp: 'away', text: say('NodeEntered', { component: names.component(fact.component) }), aside: say('Failed.node', { node: fact.node }), minor: true }),
  NodeLeft: left,
  CallAnswered: () => ({ lamp: 'talking', text: say('CallAnswered'), minor: true }),
  QueueEntered: (fact, { names }) => ({
    lamp: 'reserved',
    text: say(fact.by ? 'QueueEntered.by' : 'QueueEntered', { queue: names.queue(fact.queue), user: fact.by ? names.user(fact.by) : '' }),
    aside: fact.priority ? say('QueueEntered.priority', { priority: fact.priority }) : undefined,
  }),
  OperatorOffered: (fact, { names }) => ({ lamp: 'ringing', text: say('OperatorOffered', { operator: names.user(fact.operator) }), aside: offerWhy(fact.why) }),
  OfferNotTaken: (fact, { names, trade }) => ({
    lamp: 'warn', text: say('OfferNotTaken', { operator: names.user(fact.operator), why: trade.notTaken(fact.why) }),
    aside: say(fact.takes_out_of_ready ? 'OfferNotTaken.out' : 'OfferNotTaken.rang', { time: lasting(fact.rang) }),
  }),
  OperatorConnected: (fact, { names }) => ({
    lamp: 'talking', text: say('OperatorConnected', { operator: names.user(fact.operator) }), aside: say('OperatorConnected.waited', { time: lasting(fact.waited) }),
  }),
  QueueLeft: (fact, { names }) => ({
    lamp: WAIT_LAMP[fact.why], text: say(fact.by && fact.why === 'abandoned' ? 'QueueLeft.asks_no_more' : `QueueLeft.${fact.why}`), aside: `${names.queue(fact.queue)}, ${say('QueueLeft.waited', { time: lasting(fact.waited) })}`, minor: fact.why === 'served',
  }),
  GroupRung: (fact, { names }) => ({ lamp: 'ringing', text: say('GroupRung', { group: names.group(fact.group) }) }),
  GroupLeft: (fact, { names }) => ({
    lamp: GROUP_LAMP[fact.why], text: say(`GroupLeft.${fact.why}`, { user: fact.by ? names.user(fact.by) : '' }),
    aside: say('GroupLeft.rang', { time: lasting(fact.rang) }),
  }),
  PagingBegan: (fact, { names }) => ({ lamp: 'ringing', text: say('PagingBegan', { paging: names.paging(fact.paging) }), aside: say('PagingBegan.called', { count: fact.called.length }) }),
  PagingReached: (fact, { names }) => ({ lamp: 'talking', text: say('PagingReached', { user: names.user(fact.user) }) }),
  PagingNotReached: (fact, { names }) => ({ lamp: 'warn', text: say('PagingNotReached', { user: names.user(fact.user) }), aside: say(`PagingNotReached.${fact.why}`) }),
  PagingEnded: (fact) => ({
    lamp: fact.reached ? 'off' : 'warn', text: say(`PagingEnded.${fact.why}`),
    aside: fact.reached ? `${say('PagingEnded.reached', { count: fact.reached })}, ${lasting(fact.lasted)}` : undefined,
  }),
  LegRung: (fact, { names }) =>
    fact.user
      ? { lamp: 'ringing', text: say('LegRung.user', { user: names.user(fact.user) }), aside: fact.device ? names.device(fact.device) || undefined : undefined, minor: true }
      : { lamp: 'ringing', text: say('LegRung.trunk'), aside: fact.trunk ? names.trunk(fact.trunk) : undefined },
  LegTaken: (fact, { names }) => ({ lamp: 'talking', text: fact.user ? say('LegTaken', { user: names.user(fact.user) }) : say('LegTaken.outside'), minor: true }),
  LegGone: gone,
  TalkBegan: (fact, { names }) => ({
    lamp: 'talking', text: fact.user ? say('TalkBegan.user', { user: names.user(fact.user) }) : say('TalkBegan'), minor: Boolean(fact.queue),
  }),
  TalkEnded: (fact) => ({ lamp: 'off', text: `${say('TalkEnded')}, ${say('TalkEnded.talked', { time: lasting(fact.talked) })}`, aside: say(`by.${fact.by}`) }),
  PutOnHold: (fact, about) => ({ lamp: 'hold', text: say(fact.leg === about.callerLeg ? 'PutOnHold.caller' : 'PutOnHold.other'), aside: by(fact.by, about) }),
  TakenBack: (fact, about) => ({ lamp: 'talking', text: say(fact.leg === about.callerLeg ? 'TakenBack.caller' : 'TakenBack.other'), aside: by(fact.by, about) }),
  DigitsSent: (fact, about) => ({ lamp: 'away', text: say('DigitsSent', { count: fact.count }), aside: by(fact.by, about), minor: true }),
  QualityMeasured: measured,
  FraudStopped: (fact, about) => ({ lamp: 'bad', text: say('FraudStopped', { who: stoppedOne(fact, about) }), aside: say(`OutgoingBlocked.${fact.why}`) }),
  ListeningBegan: (fact, { names }) => ({ lamp: 'away', text: say('ListeningBegan', { user: names.user(fact.by) }) }),
  ListeningEnded: (fact, { names }) => ({ lamp: 'away', text: say('ListeningEnded', { user: names.user(fact.by) }), aside: lasting(fact.lasted), minor: true }),
  TalkInterrupted: (fact, { names }) => ({ lamp: 'warn', text: say('TalkInterrupted', { user: names.user(fact.user) }) }),
  TalkResumed: (fact) => ({ lamp: 'talking', text: say('TalkResumed'), aside: say('after', { time: asGap(secondsOf(fact.after)) }) }),
  PageStayedAway: (fact, { names }) => ({ lamp: 'warn', text: say('PageStayedAway', { user: names.user(fact.user) }) }),
  SentOn: (fact, about) => ({ lamp: 'away', text: say('SentOn', { to: fact.to || say('outside') }), aside: by(fact.by, about) }),
  CallForwarded: (fact, { names }) => ({ lamp: 'away', text: say('CallForwarded', { user: names.user(fact.by), to: fact.to || say('outside') }) }),
  ForwardRefused: (fact, { names }) => ({
    lamp: 'warn', text: say('ForwardRefused', { user: names.user(fact.by), to: fact.to || say('outside') }), aside: say(`ForwardRefused.${fact.why}`),
  }),
  CodePressed: (fact, { names }) => ({
    lamp: fact.granted ? 'away' : 'warn', text: say(`CodePressed.${fact.code}`, { user: names.user(fact.by) }), aside: fact.granted ? undefined : say('CodePressed.refused'), minor: fact.granted,
  }),
  CallParked: (fact, about) => ({ lamp: 'hold', text: say('CallParked', { place: fact.place }), aside: by(fact.by, about) }),
  CallRetrieved: (fact, about) => ({ lamp: 'talking', text: say('CallRetrieved', { place: fact.place }), aside: by(fact.by, about) }),
  ParkingEnded: (fact) => ({ lamp: 'warn', text: say('ParkingEnded', { place: fact.place }), aside: lasting(fact.waited) }),
  PickedUp: (fact, { names }) => ({ lamp: 'talking', text: say('PickedUp', { user: names.user(fact.by) }) }),
  LegJoined: () => ({ lamp: 'talking', text: say('LegJoined'), minor: true }),
  JoinedInto: () => ({ lamp: 'away', text: say('JoinedInto') }),
  NotJoined: (fact, { names }) => ({ lamp: 'warn', text: fact.taken_by ? say('NotJoined.taken', { user: names.user(fact.taken_by) }) : say('NotJoined') }),
  CameBack: (fact, { names }) => ({ lamp: 'warn', text: say('CameBack', { user: names.user(fact.to) }) }),
  CallerChanged: (fact, { names }) => ({ lamp: 'away', text: say('CallerChanged', { user: fact.user ? names.user(fact.user) : say('outside') }), minor: true }),
  ConsultationBegan: (fact, about) => ({ lamp: 'ringing', text: say('ConsultationBegan', { to: fact.to || say('outside') }), aside: by(fact.by, about) }),
  ConsultationAnswered: (fact, about) => ({
    lamp: 'talking', text: say('ConsultationAnswered', { third: fact.user ? about.names.user(fact.user) : say('outside') }), aside: by(fact.by, about),
  }),
  ConsultationEnded: (fact, about) => ({ lamp: CONSULTED_LAMP[fact.why], text: say(`ConsultationEnded.${fact.why}`), aside: by(fact.by, about) }),
  Transferred: (fact, about) => ({
    lamp: 'talking', text: say('Transferred', { third: fact.user ? about.names.user(fact.user) : say('outside') }), aside: by(fact.by, about),
  }),
  ConferenceBegan: (fact, about) => ({ lamp: 'talking', text: say('ConferenceBegan'), aside: by(fact.by, about) }),
  ConferenceInvited: (fact, about) => ({ lamp: 'ringing', text: say('ConferenceInvited', { to: fact.to || say('outside') }), aside: by(fact.by, about) }),
  ConferenceNotJoined: (fact, { trade }) => ({ lamp: 'warn', text: say('ConferenceNotJoined', { to: fact.to || say('outside') }), aside: trade.endCause(fact.cause) }),
  ConferenceJoined: (fact, about) => ({ lamp: 'talking', text: say('ConferenceJoined', { who: partyOf(fact, about) }) }),
  ConferenceLeft: (fact, about) => ({ lamp: 'off', text: say(`ConferenceLeft.${fact.why}`, { who: partyOf(fact, about) }), aside: by(fact.by, about) }),
  PartyMuted: (fact, about) => ({ lamp: 'hold', text: say('PartyMuted', { who: partyOf(fact, about) }), aside: by(fact.by, about) }),
  PartyUnmuted: (fact, about) => ({ lamp: 'talking', text: say('PartyUnmuted', { who: partyOf(fact, about) }), aside: by(fact.by, about) }),
  RoomReached: (fact, { names }) => ({ lamp: 'away', text: say('RoomReached', { room: names.room(fact.room) }) }),
  RoomNotEntered: (fact, { names }) => ({ lamp: 'warn', text: say(`RoomNotEntered.${fact.why}`, { room: names.room(fact.room) }) }),
  RoomOpened: (fact, { names }) => ({ lamp: 'talking', text: say('RoomOpened', { room: names.room(fact.room) }) }),
  RoomClosed: (fact, { names }) => ({ lamp: 'off', text: say('RoomClosed', { room: names.room(fact.room) }), aside: lasting(fact.lasted) }),
  ConferenceEnded: (fact) => ({ lamp: 'off', text: say('ConferenceEnded'), aside: lasting(fact.lasted) }),
  RecordingWished: (fact) => ({ lamp: 'away', text: say(`RecordingWished.${fact.wish}`), minor: true }),
  RecordingDecided: (fact, about) => ({ lamp: 'away', ...whyRecorded(fact, about), minor: true }),
  RecordingAnnounced: (fact, { names }) => ({ lamp: 'away', text: say('RecordingAnnounced', { prompt: names.prompt(fact.prompt) }) }),
  RecordingBegan: () => ({ lamp: 'away', text: say('RecordingBegan'), minor: true }),
  RecordingMuted: (fact, about) => ({ lamp: 'hold', text: say('RecordingMuted'), aside: by(fact.by, about) }),
  RecordingUnmuted: (fact, about) => ({ lamp: 'away', text: say('RecordingUnmuted'), aside: by(fact.by, about) }),
  RecordingEnded: () => ({ lamp: 'away', text: say('RecordingEnded'), minor: true }),
  RecordingKept: (fact) => ({ lamp: 'ready', text: say('RecordingKept'), aside: lasting(fact.lasts), minor: true }),
  RecordingFailed: (fact) => ({ lamp: 'bad', text: say('RecordingFailed'), aside: say(fact.why === 'missing' ? 'RecordingFailed.missing' : 'RecordingFailed.broken') }),
  MessageBegan: (fact, { names }) => ({ lamp: 'away', text: say('MessageBegan', { user: names.user(fact.user) }) }),
  MessageEnded: (fact) => ({ lamp: 'away', text: say('MessageEnded'), aside: lasting(fact.lasted), minor: true }),
  MessageLeft: (fact, { names }) => ({ lamp: 'ready', text: say('MessageLeft', { user: names.user(fact.user) }), aside: lasting(fact.lasts) }),
  MessageNotKept: (fact) => ({ lamp: fact.why === 'missing' || fact.why === 'broken' ? 'bad' : 'off', text: say('MessageNotKept'), aside: say(`MessageNotKept.${fact.why}`) }),
  MessageHeard: (fact, { names }) => ({ lamp: 'away', text: say(fact.heard === false ? 'MessageHeard.new' : 'MessageHeard', { user: names.user(fact.user) }), minor: true }),
  MessageDeleted: (fact, { names }) => ({ lamp: 'away', text: say('MessageDeleted', { user: names.user(fact.user) }), minor: true }),
  MessageTakenBack: (fact, { names }) => ({ lamp: 'away', text: say('MessageTakenBack', { user: names.user(fact.user) }), minor: true }),
  MessageErased: () => ({ lamp: 'away', text: say('MessageErased'), minor: true }),
  CardShown: (fact, { names }) => ({ lamp: 'away', text: say('CardShown', { card: names.card(fact.card), user: names.user(fact.holder) }) }),
  CardOpened: (fact, { names }) => ({ lamp: 'away', text: say('CardOpened', { card: names.card(fact.card), user: names.user(fact.holder) }), minor: true }),
  CardTyped: (fact, about) => ({ lamp: 'away', text: say('CardTyped', { count: fact.fields.length }), aside: by(fact.by, about), minor: true }),
  WrapUpBegan: (fact, { names }) => ({
    lamp: 'wrap_up', text: say('WrapUpBegan', { user: names.user(fact.holder) }), aside: fact.limit ? say('WrapUpBegan.limit', { time: lasting(fact.limit) }) : undefined,
  }),
  CardClosed: closed,
  Failed: (fact) => ({ lamp: 'bad', text: say('Failed'), aside: say('Failed.node', { node: fact.node }) }),
  CallAdopted: adopted,
  CallEnded: (fact, { trade }) => ({ lamp: 'off', text: say('CallEnded', { result: trade.disposition(fact.disposition) }), aside: lasting(fact.lasted) }),
  CallWhileAway: (fact, { trade }) => ({ lamp: 'warn', text: say('CallWhileAway', { result: trade.disposition(fact.disposition as SystemDisposition) }), aside: lasting(fact.lasted) }),
  OperatorSignedIn: (fact, about) => ({ lamp: 'ready', text: say('OperatorSignedIn', { operator: about.names.user(fact.operator) }), aside: unlessSelf(fact.by, fact.operator, about) }),
  OperatorSignedOut: (fact, about) => ({ lamp: 'away', text: say('OperatorSignedOut', { operator: about.names.user(fact.operator) }), aside: unlessSelf(fact.by, fact.operator, about) }),
  BreakWished: (fact, about) => ({
    lamp: 'away', text: say('BreakWished', { operator: about.names.user(fact.operator) }),
    aside: [about.names.breakKind(fact.break_kind), unlessSelf(fact.by, fact.operator, about)].filter(Boolean).join(', '),
  }),
  ReadyWished: (fact, about) => ({ lamp: 'ready', text: say('ReadyWished', { operator: about.names.user(fact.operator) }), aside: unlessSelf(fact.by, fact.operator, about) }),
  DeviceConnected: (fact, { names }) => ({ lamp: 'ready', text: say('DeviceConnected', { operator: names.user(fact.operator) }), aside: names.device(fact.device) || undefined }),
  DeviceLost: (fact, { names }) => ({ lamp: 'off', text: say('DeviceLost', { operator: names.user(fact.operator) }), aside: names.device(fact.device) || undefined }),
  SetupPublished: (fact, about) => ({ lamp: 'away', text: say('SetupPublished'), aside: by(fact.by, about) }),
  RecordingHeard: (fact, { names }) => ({ lamp: 'away', text: say('RecordingHeard', { user: names.user(fact.by) }), minor: true }),
  RecordingExported: (fact, { names }) => ({ lamp: 'away', text: say('RecordingExported', { user: names.user(fact.by) }), minor: true }),
  RecordingErased: () => ({ lamp: 'away', text: say('RecordingErased') }),
  EngineStarted: (fact) => ({ lamp: 'warn', text: say('EngineStarted'), aside: fact.away ? say('EngineStarted.away', { time: asGap(secondsOf(fact.away)) }) : undefined }),
  TrunkReached: (fact, { names }) => ({ lamp: 'ready', text: say('TrunkReached', { trunk: names.trunk(fact.trunk) }) }),
  TrunkLost: (fact, { names }) => ({ lamp: 'bad', text: say('TrunkLost', { trunk: names.trunk(fact.trunk) }) }),
  ModeThrown: (fact, about) => ({ lamp: 'away', text: say(`ModeThrown.${fact.to}`, { mode: about.names.mode(fact.mode) }), aside: by(fact.by, about) }),
  AddressLocked: (fact) => ({ lamp: 'bad', text: say('AddressLocked', { address: fact.address }), aside: say('AddressLocked.tries', { count: fact.tries }) }),
  AddressReleased: (fact, about) => ({ lamp: 'ready', text: say('AddressReleased', { address: fact.address }), aside: fact.by === 'house' ? say('AddressReleased.time') : by(fact.by, about) }),
  OutgoingBlocked: (fact, about) => ({ lamp: 'bad', text: say('OutgoingBlocked', { user: stoppedOne(fact, about) }), aside: say(`OutgoingBlocked.${fact.why}`) }),
  OutgoingAllowed: (fact, about) => ({ lamp: 'ready', text: say('OutgoingAllowed', { user: stoppedOne(fact, about) }), aside: by(fact.by, about) }),
  SwitchLost: () => ({ lamp: 'bad', text: say('SwitchLost') }),
  SwitchFound: (fact) => ({ lamp: 'ready', text: say('SwitchFound'), aside: fact.calls_lost ? say('SwitchFound.lost', { count: fact.calls_lost }) : undefined }),
}

/** What this fact says, in the language of now. */
export const lineOf = (fact: Fact, about: Telling): Line => (TELL[fact.kind] as (fact: Fact, about: Telling) => Line)(fact, about)
