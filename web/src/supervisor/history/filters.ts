/** What is looked for in the history; it stands in the address, so that it can be passed on and gone back to. */
import { SYSTEM_DISPOSITIONS } from '~/kit/trade'
import type { paths } from '~/api/schema'

export type Query = NonNullable<paths['/api/calls']['get']['parameters']['query']>

export const SPANS = ['any', 'today', 'yesterday', 'week', 'month', 'dates'] as const
export type Span = (typeof SPANS)[number]
const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const

export interface Filters {
  number: string
  /** Parts of the name of who called or was called. */
  name: string
  user: string | null
  queue: string | null
  trunk: string | null
  direction: (typeof DIRECTIONS)[number] | null
  result: (typeof SYSTEM_DISPOSITIONS)[number] | null
  span: Span
  /** Days as `2026-11-24`, both in; only for `dates`. */
  from: string
  to: string
  living: boolean
  recorded: boolean
}

const oneOf = <T extends string>(known: readonly T[], found: string | null): T | null => known.find((one) => one === found) ?? null
const asDay = (found: string | null): string => (found && /^\d{4}-\d{2}-\d{2}$/.test(found) && !Number.isNaN(Date.parse(found)) ? found : '')

/** Read an address; whatever is not known there is left out. */
export function filtersOf(address: URLSearchParams): Filters {
  return {
    number: (address.get('number') ?? '').slice(0, 40), name: (address.get('name') ?? '').slice(0, 80),
    user: address.get('user'), queue: address.get('queue'), trunk: address.get('trunk'),
    direction: oneOf(DIRECTIONS, address.get('direction')),
    result: oneOf(SYSTEM_DISPOSITIONS, address.get('result')),
    span: oneOf(SPANS, address.get('time')) ?? 'any',
    from: asDay(address.get('from')), to: asDay(address.get('to')),
    living: address.get('living') === 'yes', recorded: address.get('recorded') === 'yes',
  }
}

/** The address of these filters; only what is set stands in it. */
export function addressOf(filters: Filters): URLSearchParams {
  const { span, living, recorded, result, from, to, ...plain } = filters
  const all = { ...plain, result, time: span === 'any' ? null : span, from: span === 'dates' ? from : null, to: span === 'dates' ? to : null, living: living ? 'yes' : null, recorded: recorded ? 'yes' : null }
  return new URLSearchParams(Object.entries(all).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

export const isAnySet = (filters: Filters): boolean => addressOf(filters).size > 0

/** What the server is asked; days are those of this machine's zone. */
export function queryOf(filters: Filters, now: Date): Query {
  const { since, until } = boundsOf(filters, now)
  return {
    ...(since && { since: since.toISOString() }), ...(until && { until: until.toISOString() }),
    ...(filters.number && { number: digitsOf(filters.number) }), ...(filters.name && { name: filters.name }),
    ...(filters.user && { user: filters.user }), ...(filters.queue && { queue: filters.queue }), ...(filters.trunk && { trunk: filters.trunk }),
    ...(filters.direction && { direction: filters.direction }), ...(filters.result && { disposition: filters.result }),
    ...(filters.living && { living: true }), ...(filters.recorded && { recorded: true }),
  }
}

/** A number as it is kept: people write it with spaces, brackets and dashes, and in Russia with an 8. */
export function digitsOf(typed: string): string {
  const plain = typed.replaceAll(/[\s()-]/g, '')
  return /^8\d{10}$/.test(plain) ? `7${plain.slice(1)}` : plain.replace(/^\+/, '')
}

/** One field for both: what has letters is looked for in names, the rest in numbers. */
export const numberOrName = (typed: string): Pick<Filters, 'number' | 'name'> =>
  /\p{L}/u.test(typed) ? { number: '', name: typed } : { number: typed, name: '' }

const midnight = (now: Date, daysLater = 0): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysLater)

function dayOf(written: string, daysLater = 0): Date | undefined {
  const [year, month, day] = written.split('-').map(Number)
  return year && month && day ? new Date(year, month - 1, day + daysLater) : undefined
}

function boundsOf({ span, from, to }: Filters, now: Date): { since?: Date; until?: Date } {
  switch (span) {
    case 'any': return {}
    case 'today': return { since: midnight(now) }
    case 'yesterday': return { since: midnight(now, -1), until: midnight(now) }
    case 'week': return { since: midnight(now, -6) }
    case 'month': return { since: midnight(now, -29) }
    case 'dates': return { since: dayOf(from), until: dayOf(to, 1) }
  }
}
