import { expect, test } from 'vitest'
import { copied, faultsInCalendar, faultsOfHours, furtherHours, hoursAWeek, kept, spanOf } from './hours'

const hours = (begin: string, end: string) => ({ begin, end })

test('until 00:00 is until midnight', () => {
  expect(spanOf(hours('20:30:00', '00:00:00'))).toEqual([1230, 1440])
  expect(hoursAWeek({ 0: [hours('09:00', '18:00')], 5: [hours('22:00', '00:00')] })).toBe(11)
})

test('further hours come after those that are there, while the day lasts', () => {
  expect(furtherHours([])).toEqual(hours('09:00', '18:00'))
  expect(furtherHours([hours('09:00', '13:00')])).toEqual(hours('14:00', '18:00'))
  expect(furtherHours([hours('09:00', '20:00')])).toEqual(hours('21:00', '00:00'))
  expect(furtherHours([hours('09:00', '00:00')])).toBeNull()
})

test('hours that run backwards, overlap or are half written are told', () => {
  expect([...faultsOfHours([hours('18:00', '09:00'), hours('', '10:00'), hours('09:00', '13:00'), hours('12:00', '14:00'), hours('14:00', '15:00')])]).toEqual([
    [0, 'wrong_order'], [1, 'from_missing'], [3, 'overlap'],
  ])
})

test('a day is copied to others, and closed days are not kept', () => {
  const week = copied({ 0: [hours('09:00', '18:00')], 6: [] }, '0', ['1', '2'])
  expect(Object.keys(kept(week))).toEqual(['0', '1', '2'])
})

test('faults stand at the paths by which the server names them', () => {
  const special = { first: '2026-12-31', last: '2026-12-30', hours: [hours('18:00', '09:00')], title: '' }
  expect(faultsInCalendar({ 2: [hours('', '')] }, [special, { ...special, first: '', hours: [] }], (fault) => fault)).toEqual({
    'week.2.0': 'from_missing', 'exceptions.0.hours.0': 'wrong_order', 'exceptions.0.last': 'last_before_first', 'exceptions.1.first': 'day_missing',
  })
})
