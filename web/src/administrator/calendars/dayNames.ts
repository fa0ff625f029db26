import { language } from '~/kit/words'

const locale = () => (language() === 'ru' ? 'ru-RU' : 'en-GB')
/** A Monday; the days of a week are counted from it. */
const MONDAY = Date.UTC(2024, 0, 1)
const DAY = 86_400_000

/** `Monday`, `понедельник`; 0 is Monday. */
export const weekday = (day: string | number, form: 'long' | 'short' = 'long'): string =>
  new Date(MONDAY + Number(day) * DAY).toLocaleDateString(locale(), { weekday: form, timeZone: 'UTC' })

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `24 November` of a day such as `2026-11-24`. */
export const dayAndMonth = (day: string): string => new Date(`${day}T12:00Z`).toLocaleDateString(locale(), { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** A day so many days later, as `2026-11-24`. */
export const daysLater = (day: string, days: number): string => new Date(Date.parse(`${day}T12:00Z`) + days * DAY).toISOString().slice(0, 10)

/** `on Friday, 27 November at 9:00`, `in 15:00` today: a moment by the clock of a zone, seen from another moment there. */
export function momentIn(zone: string, iso: string, from: string): string {
  const day = (at: string) => new Date(at).toLocaleDateString('sv', { timeZone: zone })
  const time = new Date(iso).toLocaleTimeString(locale(), { timeZone: zone, hour: '2-digit', minute: '2-digit' })
  const joined = language() === 'ru' ? 'в' : 'at'
  if (day(iso) === day(from)) return `${joined} ${time}`
  const sameYear = day(iso).slice(0, 4) === day(from).slice(0, 4)
  const date = new Date(iso).toLocaleDateString(locale(), { timeZone: zone, weekday: 'short', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) })
  return language() === 'ru' ? `${date} в ${time}` : `on ${date} at ${time}`
}
