import { expect, test } from 'vitest'
import { asDay, asTime } from './clock'

test('a time is understood as people type it', () => {
  expect(['9', '930', '0930', '9:30', '09.30', ' 18 ', '24', '2400'].map(asTime)).toEqual(['09:00', '09:30', '09:30', '09:30', '09:30', '18:00', '00:00', '00:00'])
})

test('what is no time is not made one', () => {
  expect(['', 'noon', '25', '9:75', '24:30', '9:3', '12345'].map(asTime)).toEqual([null, null, null, null, null, null, null])
})

test('a day is understood as people write it, the day before the month', () => {
  const now = new Date(2026, 10, 26)
  expect(['28.12.2026', '28/12/26', '1.2', ' 2026-2-1 ', '31 12 2026'].map((typed) => asDay(typed, now))).toEqual(['2026-12-28', '2026-12-28', '2026-02-01', '2026-02-01', '2026-12-31'])
  expect(['', '31.02.2026', '12/28/2026', 'tomorrow', '28.12.'].map((typed) => asDay(typed, now))).toEqual([null, null, null, null, null])
})
