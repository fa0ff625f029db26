import { expect, test } from 'vitest'
import { setLanguage } from '~/kit/words'
import { daysLater, momentIn, weekday } from './dayNames'

test('a moment is told by the clock of the calendar, without the day where it is today there', () => {
  setLanguage('ru')
  expect(momentIn('Asia/Vladivostok', '2026-11-26T08:00:00Z', '2026-11-25T20:00:00Z')).toBe('в 18:00')
  expect(momentIn('Europe/Moscow', '2026-11-27T06:00:00Z', '2026-11-26T20:00:00Z')).toBe('пт, 27 ноября в 09:00')
  setLanguage('en')
  expect(momentIn('Europe/Moscow', '2027-01-11T06:00:00Z', '2026-12-31T20:00:00Z')).toMatch(/^on Mon,? 11 January 2027 at 09:00$/)
})

test('days are counted over months, and named from Monday on', () => {
  setLanguage('en')
  expect(daysLater('2026-12-28', 7)).toBe('2027-01-04')
  expect([weekday('0'), weekday(6, 'short')]).toEqual(['Monday', 'Sun'])
})
