import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { useFacts } from '~/api/feed'
import { api, done, type Schemas } from '~/api/client'
import { say } from './words.frame'

/** What can be configured, as the server gives it: durations in seconds. */
export interface ThingTypes {
  company: Schemas['Company-Output']
  project: Schemas['Project']
  role: Schemas['Role']
  user: Schemas['User-Output']
  device: Schemas['Device']
  trunk: Schemas['Trunk-Output']
  prompt: Schemas['Prompt']
  card: Schemas['Card']
  queue: Schemas['Queue-Output']
  scenario: Schemas['ScenarioVersion']
  extension: Schemas['Extension']
  route: Schemas['Route']
  calendar: Schemas['Calendar']
  outbound_route: Schemas['OutboundRoute-Output']
  service_class: Schemas['ServiceClass-Output']
  group: Schemas['Group-Output']
  paging: Schemas['Paging-Output']
  room: Schemas['Room']
  caller_list: Schemas['CallerList']
  contact_list: Schemas['ContactList']
  mode: Schemas['Mode']
  tariff: Schemas['Tariff-Output']
  recording_rule: Schemas['RecordingRule-Output']
}
export type Kind = keyof ThingTypes
export type Thing<K extends Kind> = ThingTypes[K]
export interface Versioned<T> {
  version: number
  thing: T
}
export type Published = Schemas['Published']
export type OneVersion = Schemas['OneVersion']

/** Where the doors of a kind are, and its pages: `/api/users`, `/set-up/users`. */
export const PLACE: Record<Kind, string> = {
  company: 'company', project: 'projects', role: 'roles', user: 'users', device: 'devices', trunk: 'trunks', prompt: 'prompts', card: 'cards',
  queue: 'queues', scenario: 'scenarios', extension: 'extensions', route: 'routes', calendar: 'calendars',
  outbound_route: 'outbound-routes', service_class: 'service-classes', group: 'groups', paging: 'pagings', room: 'rooms', caller_list: 'caller-lists', contact_list: 'contact-lists', mode: 'modes', tariff: 'tariffs', recording_rule: 'recording-rules',
}

export const keyOf = <K extends Kind>(kind: K, thing: Thing<K>): string =>
  kind === 'company' ? 'company' : kind === 'extension' ? (thing as Thing<'extension'>).number : (thing as { id: string }).id

/** Roles that are there from the start are called in the reader's language until somebody calls them otherwise. */
const BUILT_IN_ROLES: Record<string, [title: string, word: 'role_administrator' | 'role_supervisor' | 'role_operator' | 'role_user']> = {
  administrator: ['Administrator', 'role_administrator'], supervisor: ['Supervisor', 'role_supervisor'], operator: ['Operator', 'role_operator'], user: ['User', 'role_user'],
}

function builtInTitle(kind: Kind, thing: { id?: string; title?: string }): string | undefined {
  const [title, word] = (kind === 'role' && BUILT_IN_ROLES[thing.id ?? '']) || []
  return word !== undefined && title === thing.title ? say(word) : undefined
}

/** What people call a thing. */
export function titleOf<K extends Kind>(kind: K, thing: Thing<K>): string {
  const named = thing as { id?: string; title?: string; name?: string; number?: string }
  return builtInTitle(kind, named) ?? named.title ?? named.name ?? named.number ?? keyOf(kind, thing)
}

/** The doors of all kinds have one pattern (see `configured.py`), which the typed client can't see. */
interface Doors {
  GET(path: string): Promise<{ data?: unknown; response: Response }>
  PUT(path: string, init: object): Promise<{ data?: unknown; response: Response }>
  POST(path: string, init?: object): Promise<{ data?: unknown; response: Response }>
}
const doors = api as unknown as Doors
const ask = <T>(asked: Promise<{ data?: unknown; response: Response }>): Promise<T> => done(asked) as Promise<T>
const at = (kind: Kind, key: string): string => `/api/${PLACE[kind]}/${encodeURIComponent(key)}`
const ifMatch = (version: number | null) => (version === null ? {} : { headers: { 'If-Match': String(version) } })

export const things = {
  list: async <K extends Kind>(kind: K): Promise<Versioned<Thing<K>>[]> =>
    (await ask<{ items: Versioned<Thing<K>>[] }>(doors.GET(`/api/${PLACE[kind]}`))).items,
  /** `basedOn`: the version that was looked at; 0 for a new thing; null whatever there is. */
  put: <K extends Kind>(kind: K, thing: Thing<K>, basedOn: number | null): Promise<Published> =>
    ask(doors.PUT(at(kind, keyOf(kind, thing)), { body: thing, ...ifMatch(basedOn) })),
  versions: (kind: Kind, key: string): Promise<OneVersion[]> => ask(doors.GET(`${at(kind, key)}/versions`)),
  restore: (kind: Kind, key: string, version: number): Promise<Published> => ask(doors.POST(`${at(kind, key)}/versions/${version}/restore`)),
  password: (kind: 'user' | 'device' | 'trunk', key: string, password: string | null): Promise<{ password: string | null }> =>
    ask(doors.POST(`${at(kind, key)}/password`, { body: password === null ? {} : { password } })),
}

const LIST = 'things'
export const listKey = (kind: Kind) => [LIST, kind] as const

/** All things of a kind, kept fresh while others change them too. */
export function useThings<K extends Kind>(kind: K) {
  return useQuery({ queryKey: listKey(kind), queryFn: () => things.list(kind), staleTime: 30_000 })
}

/** Hear of every publication, and ask again for the kinds that it changed; call it once, in the frame. */
export function useThingsFresh(): void {
  const queries = useQueryClient()
  const changed = useRef(new Set<Kind>())
  const due = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useFacts(({ fact }) => {
    // What a test box says may change with it, but no list.
    if (fact.kind === 'ModeThrown') void freshThings(queries, [])
    if (fact.kind !== 'SetupPublished') return
    for (const thing of fact.changed) changed.current.add(thing.split(':')[0] as Kind)
    due.current ??= setTimeout(() => {
      due.current = undefined
      void freshThings(queries, [...changed.current])
      changed.current.clear()
    }, AT_MOST_EVERY)
  })
  useEffect(() => () => clearTimeout(due.current), [])
}
const AT_MOST_EVERY = 200

/** Answers that any publication may change: those of the test boxes. */
export const testKey = (...asked: unknown[]) => ['things tested', ...asked] as const

/** Ask again for the lists of these kinds; left out, for all. */
export async function freshThings(queries: QueryClient, kinds?: readonly Kind[]): Promise<void> {
  const lists = kinds ? kinds.map((kind) => listKey(kind)) : [[LIST]]
  await Promise.all([...lists, testKey()].map((queryKey) => queries.invalidateQueries({ queryKey })))
}

export function useFreshThings(): (kinds?: readonly Kind[]) => Promise<void> {
  const queries = useQueryClient()
  return useCallback((kinds) => freshThings(queries, kinds), [queries])
}

/** What people call the thing that a key names, a phone with whose it is; the key itself while it is not known. */
export function useTitleOf(kind: Kind): (key: string) => string {
  const { data } = useThings(kind)
  const owners = useThings(kind === 'device' ? 'user' : kind).data as Versioned<Thing<'user'>>[] | undefined
  return useCallback((key) => {
    const found = data?.find(({ thing }) => keyOf(kind, thing) === key)
    if (!found) return key
    const owner = kind === 'device' ? owners?.find(({ thing }) => thing.id === (found.thing as Thing<'device'>).user) : undefined
    return owner ? `${titleOf(kind, found.thing)}, ${owner.thing.name}` : titleOf(kind, found.thing)
  }, [data, kind, owners])
}

/** One of several changes that hold together or not at all; `thing` null removes it. */
export interface Wish {
  kind: Kind
  key: string
  thing: Thing<Kind> | null
  /** The version that was looked at; 0: there is none; null: any. */
  based_on: number | null
  /** What a phone or a trunk signs in with from now on; the PIN of a room. */
  password?: string
}

/** All of them, or none. The thing that the person looks at stands first: its version is given back. */
export async function publish(...wishes: readonly [Wish, ...Wish[]]): Promise<Published & { versions: Record<string, number> }> {
  const together = await done(api.POST('/api/publications', { body: { changes: [...wishes] as Schemas['Change'][] } }))
  return { ...together, version: together.versions[`${wishes[0].kind}/${wishes[0].key}`] ?? 0 }
}

/** What would keep a thing from being published; nothing is kept. */
export async function faultsOf(wish: Wish): Promise<Schemas['FieldFault'][]> {
  const { based_on: _any, ...change } = wish
  return (await done(api.POST('/api/publications/check', { body: { changes: [change as Schemas['Change']] } }))).faults
}

export const put = <K extends Kind>(kind: K, thing: Thing<K>, basedOn: number | null): Wish => ({ kind, key: keyOf(kind, thing), thing, based_on: basedOn })
export const remove = (kind: Kind, key: string, basedOn: number | null): Wish => ({ kind, key, thing: null, based_on: basedOn })
