import type { Thing, Versioned } from '../frame/things'

/** What the guide looks at. */
export interface Known {
  companyVersion: number
  company: Thing<'company'> | undefined
  me: string
  users: readonly Thing<'user'>[]
  devices: readonly Thing<'device'>[]
  trunks: readonly Thing<'trunk'>[]
  /** How many lines work now; null while nobody knows. */
  trunksUp: number | null
  extensions: readonly Thing<'extension'>[]
  routes: readonly Thing<'route'>[]
  outbound: readonly Thing<'outbound_route'>[]
  queues: readonly Thing<'queue'>[]
}

export type StepName = 'company' | 'users' | 'phones' | 'trunk' | 'emergency' | 'inbound' | 'outbound' | 'queue'

export interface Step {
  name: StepName
  /** done; begun: something is there, but not all that it takes; open. */
  state: 'done' | 'begun' | 'open'
  /** Numbers for its sentence. */
  facts: Record<string, number>
  /** A house can do without. */
  optional: boolean
  to: string
}

const stateOf = (done: boolean, begun: boolean): Step['state'] => (done ? 'done' : begun ? 'begun' : 'open')
export const things = <T>(list: readonly Versioned<T>[]): T[] => list.map(({ thing }) => thing)

/** The way from an empty house to the first call, with what is done already. */
export function stepsOf(known: Known): Step[] {
  return [company(known), users(known), phones(known), trunk(known), emergency(known), inbound(known), outbound(known), queue(known)]
}

const company = ({ companyVersion }: Known): Step => ({ name: 'company', state: stateOf(companyVersion > 0, false), facts: {}, optional: false, to: '/set-up/company' })

function users({ users: all, me, extensions }: Known): Step {
  const reached = new Set(extensions.filter(({ target }) => target.kind === 'user').map(({ target }) => target.key))
  const others = all.filter(({ id }) => id !== me)
  return { name: 'users', state: stateOf(others.some(({ id }) => reached.has(id)), others.length > 0), facts: { count: all.length, numbered: all.filter(({ id }) => reached.has(id)).length }, optional: false, to: '/set-up/users' }
}

function phones({ users: all, devices, me }: Known): Step {
  const browsers = all.filter((user) => user.calls_in_browser !== false && user.active !== false && user.id !== me).length
  return { name: 'phones', state: stateOf(devices.length + browsers > 0, false), facts: { count: devices.length, browsers }, optional: false, to: '/set-up/devices' }
}

function trunk({ trunks, trunksUp }: Known): Step {
  return { name: 'trunk', state: stateOf((trunksUp ?? 0) > 0, trunks.length > 0), facts: { count: trunks.length, up: trunksUp ?? 0 }, optional: false, to: '/set-up/trunks' }
}

function emergency({ company: house, trunks }: Known): Step {
  const count = house?.emergency?.length ?? 0
  return { name: 'emergency', state: stateOf(count > 0, false), facts: { count, trunks: trunks.length }, optional: false, to: '/set-up/company' }
}

const inbound = ({ routes }: Known): Step => ({ name: 'inbound', state: stateOf(routes.length > 0, false), facts: { count: routes.length }, optional: false, to: '/set-up/routes' })
const outbound = ({ outbound: routes }: Known): Step => ({ name: 'outbound', state: stateOf(routes.length > 0, false), facts: { count: routes.length }, optional: true, to: '/set-up/outbound-routes' })

function queue({ queues }: Known): Step {
  const served = queues.filter(({ operators }) => (operators?.length ?? 0) > 0).length
  return { name: 'queue', state: stateOf(served > 0, queues.length > 0), facts: { count: queues.length, served }, optional: true, to: '/set-up/queues' }
}

/** Which one to do now: the first that is not done, what a house can do without last. */
export const nextOf = (steps: readonly Step[]): StepName | null =>
  (steps.find(({ state, optional }) => state !== 'done' && !optional) ?? steps.find(({ state }) => state !== 'done'))?.name ?? null
