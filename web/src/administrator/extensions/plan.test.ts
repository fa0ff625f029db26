import { expect, test } from 'vitest'
import { nextFree, numbersOf, overlapping } from './plan'

const number = (number: string, key = 'x', kind: 'user' | 'queue' = 'user') => ({ version: 1, thing: { number, target: { kind, key } } })

test('the first person of a house gets 101', () => {
  expect(nextFree([])).toBe('101')
  expect(nextFree([number('101', 'sales', 'queue')])).toBe('102')
})

test('the next person gets the first free number where most people are', () => {
  expect(nextFree([number('101'), number('102'), number('104'), number('900')])).toBe('103')
  expect(nextFree([number('0001'), number('0002')])).toBe('0003')
  expect(nextFree([number('101'), number('102', 'q', 'queue')])).toBe('103')
})

test('a full block gives no number rather than a wrong one', () => {
  expect(nextFree(Array.from({ length: 9 }, (_, at) => number(String(at + 1))))).toBe('')
})

test('whose numbers they are, and which begin alike', () => {
  const numbers = [number('110', 'anna'), number('101', 'anna'), number('400', 'q', 'queue')]
  expect(numbersOf(numbers, 'user', 'anna').map(({ thing }) => thing.number)).toEqual(['101', '110'])
  expect(overlapping('40', numbers)).toBe('400')
  expect(overlapping('4001', numbers)).toBe('400')
  expect(overlapping('102', numbers)).toBeUndefined()
})
