/** Which time is looked at: a usual one, or from day to day. */
export type Span = 'today' | 'week' | 'month' | 'ever' | 'dates'
export const SPANS: readonly Span[] = ['today', 'week', 'month', 'ever', 'dates']

const DAYS: Partial<Record<Span, number>> = { today: 0, week: 6, month: 29 }

/** From when until when, as the server is asked; days are those of this browser. The last day is wholly in it. */
export function borders(span: Span, first: string, last: string, now: Date): { since?: string; until?: string } {
  if (span === 'dates') return { since: midnight(first)?.toISOString(), until: midnight(last, 1)?.toISOString() }
  const back = DAYS[span]
  if (back === undefined) return {}
  const day = new Date(now)
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() - back)
  return { since: day.toISOString() }
}

function midnight(day: string, later = 0): Date | undefined {
  const at = new Date(`${day}T00:00`)
  if (Number.isNaN(at.getTime())) return undefined
  at.setDate(at.getDate() + later)
  return at
}

/** `2026-11-26`, by the calendar of this browser. */
export function dayOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
