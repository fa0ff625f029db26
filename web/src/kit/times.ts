import { language } from './words'

/** The server's clock: durations are counted against it, so that a wrong clock on this machine shows nothing wrong. */
let ahead = 0

/** Take the server's moment from an answer. */
export function noteServerNow(iso: string): void {
  ahead = new Date(iso).getTime() - Date.now()
}

export const serverNow = (): number => Date.now() + ahead

/** Seconds from a moment until now (or until another). */
export function secondsSince(iso: string, until: number = serverNow()): number {
  return Math.max(0, (until - new Date(iso).getTime()) / 1000)
}

/** Seconds of a duration as facts hold it: `PT12.5S`, `P1DT3600S`. */
export function secondsOf(duration: string): number {
  const found = /^P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/.exec(duration)
  if (found === null) throw new Error(`This is no duration: ${duration}`)
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number]
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}

/** `0:42`, `12:05`, `1:02:03`. */
export function asTimer(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const h = Math.floor(whole / 3600)
  const m = Math.floor((whole % 3600) / 60)
  const s = String(whole % 60).padStart(2, '0')
  return h ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`
}

/** A short gap to the tenth, `1.2 s`; a longer one as a timer. */
export function asGap(seconds: number): string {
  if (seconds >= 60) return asTimer(seconds)
  const tenths = seconds.toLocaleString(locale(), { maximumFractionDigits: seconds < 10 ? 1 : 0 })
  return `${tenths}\u202f${language() === 'ru' ? 'с' : 's'}`
}

const locale = () => (language() === 'ru' ? 'ru-RU' : 'en-GB')
const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString()

/** As people say it: time only for today, day and time within the year, the whole date before. */
export function asMoment(iso: string, withSeconds = false): string {
  const at = new Date(iso)
  const now = new Date(serverNow())
  const time = at.toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', ...(withSeconds && { second: '2-digit' }) })
  if (sameDay(at, now)) return time
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return `${at.toLocaleDateString(locale(), { day: 'numeric', month: 'short', ...year })}, ${time}`
}

/** The day only, short: `12.11`, `12.11.25` of another year. */
export function asDay(iso: string): string {
  const at = new Date(iso)
  const year = at.getFullYear() === new Date(serverNow()).getFullYear() ? {} : ({ year: '2-digit' } as const)
  return at.toLocaleDateString(locale(), { day: 'numeric', month: '2-digit', ...year })
}

/** `12 November, Wednesday, 14:24:53`. */
export function asLongMoment(iso: string): string {
  return new Date(iso).toLocaleString(locale(), {
    day: 'numeric', month: 'long', weekday: 'long', hour: '2-digit', minute: '2-digit', second: '2-digit',
  })
}

/** `87 %`, with a narrow space; a dash where nothing happened. */
export function asShare(share: number | null | undefined, digits = 0): string {
  return share == null ? '–' : `${(share * 100).toLocaleString(locale(), { maximumFractionDigits: digits })}\u202f%`
}

/** `1 240,50` in the company's money; a price per minute may have more places. */
export const asMoney = (value: number | string, most = 2): string =>
  Number(value).toLocaleString(locale(), { minimumFractionDigits: 2, maximumFractionDigits: most })

export const asNumber = (value: number): string => value.toLocaleString(locale())
