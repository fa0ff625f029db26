import { expect, test } from 'vitest'
import { borders, dayOf } from './span'

const now = new Date(2026, 10, 26, 14, 30)
const local = (year: number, month: number, day: number) => new Date(year, month, day).toISOString()

test('the usual times begin at midnight here', () => {
  expect(borders('today', '', '', now)).toEqual({ since: local(2026, 10, 26) })
  expect(borders('week', '', '', now)).toEqual({ since: local(2026, 10, 20) })
  expect(borders('ever', '', '', now)).toEqual({})
})

test('of two days, both are wholly in it; a day not yet written is no border', () => {
  expect(borders('dates', '2026-11-01', '2026-11-02', now)).toEqual({ since: local(2026, 10, 1), until: local(2026, 10, 3) })
  expect(borders('dates', '', '', now)).toEqual({ since: undefined, until: undefined })
  expect(dayOf(now)).toBe('2026-11-26')
})
