import { expect, test } from 'vitest'
import { found, merged } from './prices'

const rate = (prefix: string, per_minute: string, title = '') => ({ prefix, title, per_minute, per_call: '0' })

test('a price of the file takes the place of the one with the same beginning', () => {
  expect(merged([rate('7495', '1'), rate('49', '5')], [rate('7495', '2'), rate('1', '3')]).map((one) => `${one.prefix}:${one.per_minute}`)).toEqual(['1:3', '49:5', '7495:2'])
})

test('prices are found by a whole number, by a beginning, and by a name', () => {
  const rates = [rate('7495', '1', 'Москва'), rate('49', '5', 'Германия')]
  expect(found(rates, '+7 495 123-45-67').map(({ prefix }) => prefix)).toEqual(['7495'])
  expect(found(rates, '4').map(({ prefix }) => prefix)).toEqual(['49'])
  expect(found(rates, 'моск').map(({ prefix }) => prefix)).toEqual(['7495'])
})
