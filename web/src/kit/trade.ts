/** The trade's own notions as people read them: a word in both languages, and a lamp where it is a state. */
import type { Schemas } from '~/api/client'
import type { LampState } from './Lamp'
import type { RibbonState } from './Ribbon'
import { useLanguage } from './words'
import { say } from './words.trade'

export type Status = Schemas['Status']
export type Direction = Schemas['Direction']
export type Whose = Schemas['Whose']
export type NotTakenWhy = Schemas['NotTakenWhy']
export type LeftQueueWhy = Schemas['LeftQueueWhy']
export type EndCause = Schemas['EndCause']
export type ClosedBy = Schemas['ClosedBy']
export type SystemDisposition = Schemas['SystemDisposition']

export const STATUS_LAMP: Record<Status, LampState> = {
  talking: 'talking', ringing: 'ringing', reserved: 'reserved', wrap_up: 'wrap_up', ready: 'ready', break: 'away',
  not_connected: 'off', signed_out: 'away',
}

/** How a status looks in a ribbon of time. */
export const STATUS_RIBBON: Record<Status, RibbonState> = {
  talking: 'talking', ringing: 'busy', reserved: 'busy', wrap_up: 'busy', signed_out: 'nothing', break: 'away',
  not_connected: 'away', ready: 'ready',
}

const DISPOSITION_LAMP: Record<SystemDisposition, LampState> = {
  served: 'ready', ended_by_scenario: 'away', abandoned_in_menu: 'away', abandoned_in_queue: 'warn', lost: 'bad',
  left_message: 'away', not_reached: 'off', refused: 'off', failed: 'bad', switch_lost: 'bad',
}

const isSystem = (key: string): key is SystemDisposition => Object.hasOwn(DISPOSITION_LAMP, key)

const isStatus = (key: string): key is Status => Object.hasOwn(STATUS_LAMP, key)

/** The lamp of a call's result; talking while it has none, since it lives. A project's own result is a kept one. */
export const dispositionLamp = (key: string | null | undefined): LampState =>
  key == null ? 'talking' : isSystem(key) ? DISPOSITION_LAMP[key] : 'ready'

export const SYSTEM_DISPOSITIONS = Object.keys(DISPOSITION_LAMP) as readonly SystemDisposition[]
export const STATUSES = Object.keys(STATUS_LAMP) as readonly Status[]

/** Each notion's word, in the language of now. */
export const trade = {
  /** `ready`, of one person. */
  status: (of: Status) => say(`status.${of}`),
  /** The same of several people, before their count. */
  statuses: (of: Status) => say(`statuses.${of}`),
  direction: (of: Direction) => say(`direction.${of}`),
  /** How a call ended, in the system's words; a key of a project's own stays as it is. */
  disposition: (key: string) => (isSystem(key) ? say(`disposition.${key}`) : key),
  whose: (of: Whose) => say(`whose.${of}`),
  notTaken: (why: NotTakenWhy) => say(`not_taken.${why}`),
  /** Why a call went past an operator: what they did then, or their place in the order. */
  passedOver: (why: string) => (why === 'ranked_after' || why === 'just_offered' ? say(`passed.${why}`) : isStatus(why) ? say(`status.${why}`) : why),
  leftQueue: (why: LeftQueueWhy) => say(`left_queue.${why}`),
  endCause: (cause: EndCause) => say(`end.${cause}`),
  closedBy: (by: ClosedBy) => say(`closed_by.${by}`),
}

export type Trade = typeof trade

const BY_LANGUAGE = { ru: { ...trade }, en: { ...trade } }

/** In a component: another object for each language, so that whatever is remembered by it is said again. */
export const useTrade = (): Trade => BY_LANGUAGE[useLanguage()]
