import { expect, test } from 'vitest'
import { momentIn } from './zoned'

test.each([
  ['Europe/Moscow', '2026-12-31T15:00', '2026-12-31T12:00:00.000Z'],
  ['Europe/Berlin', '2026-07-01T12:00', '2026-07-01T10:00:00.000Z'],
  ['Europe/Berlin', '2026-03-29T03:30', '2026-03-29T01:30:00.000Z'],
  ['Asia/Kolkata', '2026-01-01T00:00', '2025-12-31T18:30:00.000Z'],
  ['America/New_York', '2026-11-01T00:30', '2026-11-01T04:30:00.000Z'],
])('in %s the clock shows %s at %s', (zone, local, moment) => {
  expect(momentIn(zone, local)).toBe(moment)
})
