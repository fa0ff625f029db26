/** `9`, `930`, `9:30`, `09.30` as people type them: `09:30`; null for what is no time. `24` is midnight, the end of a day. */
export function asTime(typed: string): string | null {
  const digits = /^\s*(\d{1,2})(?:\s*[:.,-]?\s*(\d{2}))?\s*$/.exec(typed)
  if (!digits) return null
  const [hours, minutes] = [Number(digits[1]), Number(digits[2] ?? 0)]
  if (hours > 24 || minutes > 59 || (hours === 24 && minutes > 0)) return null
  return `${String(hours % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}
