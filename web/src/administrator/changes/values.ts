import { asNumber, asShare } from '~/kit/times'
import { inLanguage, language } from '~/kit/words'
import { type Described, isTarget, nameOf } from './changes'
import { say } from './words'

/** What people call the thing of a kind with this key. */
export type Naming = (kind: string, key: string) => string
type Plain = Record<string, unknown>

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** `45 s`, `3 min`, `1,5 h`, `180 days`: in the unit that people would use. */
export function inUnits(seconds: number): string {
  const whole = (unit: number) => seconds % unit === 0 || seconds % (unit / 2) === 0
  const value = (unit: number) => asNumber(seconds / unit)
  if (seconds >= DAY && whole(DAY)) return say('days', { value: value(DAY), count: seconds / DAY })
  if (seconds >= HOUR && whole(HOUR)) return say('hours', { value: value(HOUR) })
  return seconds >= MINUTE && whole(MINUTE) ? say('minutes', { value: value(MINUTE) }) : say('seconds', { value: asNumber(seconds) })
}

export const asHours = (begin: string, end: string): string => `${begin.slice(0, 5)}–${end.startsWith('00:00') ? say('midnight') : end.slice(0, 5)}`

function asDate(value: string): string {
  const at = new Date(`${value}T12:00`)
  if (Number.isNaN(at.getTime())) return value
  return at.toLocaleDateString(language() === 'ru' ? 'ru-RU' : 'en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
}

/** The value of a field, or of one of many, in words. */
export function inWords(field: Described, value: unknown, naming: Naming): string {
  if (value == null || value === '') return say('none')
  if (Array.isArray(value)) return value.length === 0 ? say('none') : value.map((part) => inWords(field, part, naming)).join(', ')
  if (field.names) return naming(field.names, String(value))
  switch (field.sort) {
    case 'sound': return say('a_sound')
    case 'photo': return say('a_photo')
    case 'yes_no': return say(value ? 'yes' : 'no')
    case 'duration': return inUnits(Number(value))
    case 'share': return asShare(Number(value), 1)
    case 'number': return asNumber(Number(value))
    case 'date': return asDate(String(value))
    case 'time': return String(value).slice(0, 5)
    case 'one_of': return field.values[String(value)] ? inLanguage(field.values[String(value)]!) : String(value)
    case 'words': return inLanguage(nameOf({ title: value }))
    case 'parts': return partInWords(field, value as Plain, naming)
    default: return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

/** A part of a list by its name and what is set in it. */
function partInWords(field: Described, part: Plain, naming: Naming): string {
  if (isTarget(field)) return targetInWords(field, part, naming)
  if (isHours(part)) return asHours(part.begin, part.end)
  if (isSpecial(part)) return specialInWords(part)
  const name = inLanguage(nameOf(part))
  const told = field.parts.filter(({ key, sort }) => !['key', 'id', 'title', 'name', 'number'].includes(key) && (sort !== 'yes_no' || part[key] === true))
  const more = told.filter(({ key }) => part[key] != null && part[key] !== '' && !(Array.isArray(part[key]) && (part[key] as unknown[]).length === 0))
  return more.length === 0 ? name : `${name} (${more.map((inner) => detail(inner, part[inner.key], naming)).join(', ')})`
}

/** A service of the house says by itself what it is; anything else is named with its kind. */
function targetInWords({ parts: [kind, key] }: Described, part: Plain, naming: Naming): string {
  const own = part.kind === 'service' ? key!.values[String(part.key)] : undefined
  return own ? inLanguage(own) : `${inWords(kind!, part.kind, naming)} ${naming(String(part.kind), String(part.key))}`
}

const detail = (field: Described, value: unknown, naming: Naming): string =>
  field.sort === 'yes_no' ? inLanguage(field.title).toLowerCase() : field.key === 'kind' ? inWords(field, value, naming).toLowerCase() : `${inLanguage(field.title).toLowerCase()}: ${inWords(field, value, naming)}`

const isHours = (part: Plain): part is { begin: string; end: string } => typeof part.begin === 'string' && typeof part.end === 'string'
const isSpecial = (part: Plain): part is { first: string; last: string; hours?: { begin: string; end: string }[]; title?: string } => typeof part.first === 'string' && typeof part.last === 'string'

function specialInWords({ first, last, hours = [], title }: { first: string; last: string; hours?: { begin: string; end: string }[]; title?: string }): string {
  const days = first === last ? asDate(first) : `${asDate(first)} – ${asDate(last)}`
  const open = hours.length === 0 ? say('closed') : hours.map(({ begin, end }) => asHours(begin, end)).join(', ')
  return [title, days, open].filter(Boolean).join(', ')
}
