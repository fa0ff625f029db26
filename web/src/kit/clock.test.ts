import { expect, test } from 'vitest'
import { asTime } from './clock'

test('a time is understood as people type it', () => {
  expect(['9', '930', '0930', '9:30', '09.30', ' 18 ', '24', '2400'].map(asTime)).toEqual(['09:00', '09:30', '09:30', '09:30', '09:30', '18:00', '00:00', '00:00'])
})

test('what is no time is not made one', () => {
  expect(['', 'noon', '25', '9:75', '24:30', '9:3', '12345'].map(asTime)).toEqual([null, null, null, null, null, null, null])
})
