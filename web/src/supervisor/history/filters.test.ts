import { expect, test } from 'vitest'
import { addressOf, digitsOf, filtersOf, isAnySet, numberOrName, queryOf } from './filters'

const read = (address: string) => filtersOf(new URLSearchParams(address))
const NOW = new Date(2026, 10, 24, 15, 30)

test('an address says what is looked for, and is written back the same', () => {
  const address = 'number=1234&user=anna&queue=service&direction=inbound&result=lost&time=dates&from=2026-11-01&to=2026-11-03&living=yes&name=petrov&trunk=carrier&recorded=yes'
  expect(Object.fromEntries(addressOf(read(address)))).toEqual(Object.fromEntries(new URLSearchParams(address)))
})

test('what nobody knows in an address is left out', () => {
  const filters = read('direction=sideways&result=great&time=soon&from=31.12&living=1')
  expect(isAnySet(filters)).toBe(false)
  expect(queryOf(filters, NOW)).toEqual({})
})

test('days are whole days of this zone, and the last one is in', () => {
  expect(queryOf(read('time=dates&from=2026-11-01&to=2026-11-03'), NOW)).toEqual({
    since: new Date(2026, 10, 1).toISOString(), until: new Date(2026, 10, 4).toISOString(),
  })
  expect(queryOf(read('time=yesterday'), NOW)).toEqual({ since: new Date(2026, 10, 23).toISOString(), until: new Date(2026, 10, 24).toISOString() })
})

test('a number is found however people write it', () => {
  expect(['8 (916) 123-45-67', '+7 916 123-45-67', '45-67', '102'].map(digitsOf)).toEqual(['79161234567', '79161234567', '4567', '102'])
})

test('what has letters is looked for in names, the rest in numbers', () => {
  expect(['Петров', 'o\'neil 2', '+7 (916)', '102#'].map(numberOrName)).toEqual([
    { number: '', name: 'Петров' }, { number: '', name: 'o\'neil 2' }, { number: '+7 (916)', name: '' }, { number: '102#', name: '' },
  ])
  expect(queryOf(read('name=petrov&trunk=carrier&recorded=yes'), NOW)).toEqual({ name: 'petrov', trunk: 'carrier', recorded: true })
})
