/** A made-up story for tests: a customer waits, one operator misses the call, another takes it, holds, and the program dies meanwhile. */
import { namesOf } from '~/api/names'
import type { Schemas } from '~/api/client'
import type { Fact, Told } from './facts'

const BEGAN = Date.parse('2026-11-24T12:00:00Z')
const CALL = 'c1'
const CARD = 'c1-card'

type Draft = Fact extends infer F ? (F extends Fact ? Omit<F, 'call' | 'dialog'> & { dialog?: string } : never) : never

const told = (steps: readonly (readonly [number, Draft])[]): Told[] =>
  steps.map(([second, fact], seq) => ({ seq, at: new Date(BEGAN + second * 1000).toISOString(), fact: { call: CALL, ...fact } as Fact }))

export const NAMES = namesOf({
  photos: {}, users: { anna: 'Анна Соколова', boris: 'Борис Волков' }, rooms: { planning: 'Планёрка' }, groups: { sales: 'Продажи' }, pagings: { shop: 'Торговый зал' }, queues: { service: 'Вызов мастера' }, trunks: { carrier: 'Ростелеком' },
  devices: { 'anna-desk': 'Настольный телефон', 'boris-desk': 'Настольный телефон' }, cards: { request: 'Заявка' },
  scenarios: { main: 'Главное меню' }, prompts: {}, routes: { main: 'Все входящие' }, modes: {},
  components: { menu: { en: 'Voice menu', ru: 'Голосовое меню' } }, breaks: {},
  results: { request: { agreed: { en: 'Visit agreed', ru: 'Визит назначен' } } },
}, 'ru')

export const CALL_LINE: Schemas['CallOut'] = {
  id: CALL, began: '2026-11-24T12:00:00Z', ended: '2026-11-24T12:02:00Z', direction: 'inbound', number: '+79161234567', name: 'Иван Петров',
  dialled: '74951234567', trunk: 'carrier', user: null, queue: 'service', operator: 'anna', rung: 'anna', missed_by: [], joined_into: null, waited: 20, talked: 70, cost: null, disposition: 'served',
  whose: 'customer', dialogs: [CARD], recordings: ['r1'], while_away: false,
}

export const STORY: Told[] = told([
  [0, { kind: 'CallArrived', leg: 'in', caller: 'p1', dialled: '74951234567', trunk: 'carrier' }],
  [0, { kind: 'Routed', route: 'main', to: 'main', why: '' }],
  [0, { kind: 'ScenarioBegan', scenario: 'main', version: 3 }],
  [0, { kind: 'NodeEntered', node: 'menu', component: 'menu' }],
  [8, { kind: 'NodeLeft', node: 'menu', exit: '2' }],
  [8, { kind: 'QueueEntered', queue: 'service' }],
  [10, { kind: 'OperatorOffered', queue: 'service', operator: 'boris', waited: 'PT2S', considered: 2, passed_over: [['anna', 'talking']], why: 'longest_idle' }],
  [10, { kind: 'LegRung', leg: 'b1', user: 'boris', device: 'boris-desk' }],
  [18, { kind: 'LegGone', leg: 'b1', user: 'boris', cause: 'no_answer', ordered: true }],
  [18, { kind: 'OfferNotTaken', queue: 'service', operator: 'boris', why: 'no_answer', rang: 'PT8S', takes_out_of_ready: true }],
  [20, { kind: 'OperatorOffered', queue: 'service', operator: 'anna', waited: 'PT12S', considered: 2, passed_over: [['boris', 'break']], why: 'longest_idle' }],
  [20, { kind: 'LegRung', leg: 'a1', user: 'anna', device: 'anna-desk' }],
  [28, { kind: 'OperatorConnected', queue: 'service', operator: 'anna', leg: 'a1', waited: 'PT20S' }],
  [28, { kind: 'QueueLeft', queue: 'service', why: 'served', waited: 'PT20S', operator: 'anna' }],
  [28, { kind: 'LegTaken', leg: 'a1', user: 'anna' }],
  [28, { kind: 'TalkBegan', bridge: 't1', caller: 'in', callee: 'a1', user: 'anna', queue: 'service' }],
  [28, { kind: 'RecordingBegan', recording: 'r1', leg: 'in', queue: 'service' }],
  [28, { kind: 'CardShown', dialog: CARD, card: 'request', holder: 'anna' }],
  [28, { kind: 'CardOpened', dialog: CARD, card: 'request', version: 1, holder: 'anna', queue: 'service' }],
  [50, { kind: 'PutOnHold', leg: 'in', by: 'anna' }],
  [62, { kind: 'TakenBack', leg: 'in', by: 'anna' }],
  [72, { kind: 'CallAdopted', away: 'PT2.4S' }],
  [98, { kind: 'RecordingEnded', recording: 'r1' }],
  [98, { kind: 'TalkEnded', by: 'customer', talked: 'PT70S', user: 'anna', queue: 'service' }],
  [98, { kind: 'LegGone', leg: 'in', cause: 'normal' }],
  [98, { kind: 'CallEnded', disposition: 'served', whose: 'customer', lasted: 'PT98S' }],
  [98, { kind: 'WrapUpBegan', dialog: CARD, holder: 'anna', limit: 'PT60S' }],
  [101, { kind: 'RecordingKept', recording: 'r1', lasts: 'PT69.8S', octets: 1000 }],
  [120, { kind: 'CardClosed', dialog: CARD, holder: 'anna', by: 'holder', wrapped_up: 'PT22S', disposition: 'agreed' }],
])
