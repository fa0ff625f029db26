import type { Schemas } from '~/api/client'

export type Hours = Schemas['Hours']
export type Week = Record<string, Hours[]>
export type Special = Schemas['SpecialDays']

/** Monday first, as the server counts. */
export const DAYS = ['0', '1', '2', '3', '4', '5', '6'] as const
export const WEEKDAYS = DAYS.slice(0, 5)
const DAY = 24 * 60

/** Minutes since midnight; NaN for what is no time. */
export function minutesOf(time: string): number {
  const found = /^(\d\d):(\d\d)/.exec(time)
  return found ? Number(found[1]) * 60 + Number(found[2]) : Number.NaN
}

/** From and until in minutes; an end of 00:00 is midnight. */
export const spanOf = ({ begin, end }: Hours): [number, number] => [minutesOf(begin), minutesOf(end) === 0 ? DAY : minutesOf(end)]

const asTime = (minutes: number): string => `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Hours to begin with, and then what follows those that are there after an hour's break; null: the day is full. */
export function furtherHours(hours: readonly Hours[]): Hours | null {
  if (hours.length === 0) return { begin: '09:00', end: '18:00' }
  const last = Math.max(...hours.map((one) => spanOf(one)[1]))
  if (Number.isNaN(last) || last + 60 >= DAY) return null
  return { begin: asTime(last + 60), end: asTime(Math.min(last + 5 * 60, DAY)) }
}

export type HoursFault = 'from_missing' | 'wrong_order' | 'overlap'

/** What is wrong with hours of a day, by their place. */
export function faultsOfHours(hours: readonly Hours[]): Map<number, HoursFault> {
  const spans = hours.map(spanOf)
  const found = new Map<number, HoursFault>()
  spans.forEach(([begin, end], at) => {
    if (Number.isNaN(begin) || Number.isNaN(end)) found.set(at, 'from_missing')
    else if (end <= begin) found.set(at, 'wrong_order')
    else if (spans.some(([from, until], other) => other < at && begin < until && from < end)) found.set(at, 'overlap')
  })
  return found
}

/** The same hours on other days, too. */
export const copied = (week: Week, from: string, to: readonly string[]): Week => ({ ...week, ...Object.fromEntries(to.map((day) => [day, week[from] ?? []])) })

/** A week without days that are closed: so it is kept. */
export const kept = (week: Week): Week => Object.fromEntries(Object.entries(week).filter(([, hours]) => hours.length > 0))

/** How many hours a week it is open. */
export const hoursAWeek = (week: Week): number =>
  Object.values(week).flat().reduce((sum, one) => sum + spanOf(one)[1] - spanOf(one)[0], 0) / 60

/** What is wrong in a calendar, by path as the server names it. */
export function faultsInCalendar(week: Week, exceptions: readonly Special[], words: (fault: HoursFault | 'day_missing' | 'last_before_first') => string): Record<string, string> {
  const found: Record<string, string> = {}
  const take = (path: string, hours: readonly Hours[]) => faultsOfHours(hours).forEach((fault, at) => { found[`${path}.${at}`] = words(fault) })
  Object.entries(week).forEach(([day, hours]) => take(`week.${day}`, hours))
  exceptions.forEach((one, at) => {
    take(`exceptions.${at}.hours`, one.hours)
    if (one.first === '') found[`exceptions.${at}.first`] = words('day_missing')
    else if (one.last === '') found[`exceptions.${at}.last`] = words('day_missing')
    else if (one.last < one.first) found[`exceptions.${at}.last`] = words('last_before_first')
  })
  return found
}
