/** `9`, `930`, `9:30`, `09.30` as people type them: `09:30`; null for what is no time. `24` is midnight, the end of a day. */
export function asTime(typed: string): string | null {
  const digits = /^\s*(\d{1,2})(?:\s*[:.,-]?\s*(\d{2}))?\s*$/.exec(typed)
  if (!digits) return null
  const [hours, minutes] = [Number(digits[1]), Number(digits[2] ?? 0)]
  if (hours > 24 || minutes > 59 || (hours === 24 && minutes > 0)) return null
  return `${String(hours % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

/** `28.12.2026`, `28/12/26`, `28.12` (of the year that is now), `2026-12-28`: `2026-12-28`; null for what is no day. Days stand before months. */
export function asDay(typed: string, now: Date): string | null {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(typed)
  const european = /^\s*(\d{1,2})[./\s-](\d{1,2})(?:[./\s-](\d{4}|\d{2}))?\s*$/.exec(typed)
  const [year, month, day] = iso ? iso.slice(1) : european ? [european[3] ?? String(now.getFullYear()), european[2], european[1]] : []
  if (year === undefined || month === undefined || day === undefined) return null
  const whole = `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${whole}T12:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(whole) ? whole : null
}
