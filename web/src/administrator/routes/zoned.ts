const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

/** How far the clock of a zone is ahead of UTC at a moment, in milliseconds. */
function aheadAt(moment: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  const found = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
  const [year, month, day, hour, minute, second] = PARTS.map((part) => found[part] ?? 0) as [number, number, number, number, number, number]
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000
}

/** The moment at which the clock of a zone shows this: `2026-12-31T15:00`. Of an hour that comes twice, the first. */
export function momentIn(zone: string, local: string): string {
  const asUtc = Date.parse(`${local}Z`)
  const once = asUtc - aheadAt(asUtc, zone)
  return new Date(asUtc - aheadAt(once, zone)).toISOString()
}
