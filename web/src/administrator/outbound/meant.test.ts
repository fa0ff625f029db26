import { expect, test } from 'vitest'
import { meant } from './meant'

test('some numbers put in beside “every number” are meant instead of it, and the other way round', () => {
  expect(meant(['*'], ['*', '2*'])).toEqual(['2*'])
  expect(meant(['2*'], ['2*', '3*'])).toEqual(['2*', '3*'])
  expect(meant(['2*', '3*'], ['2*', '3*', '*'])).toEqual(['*'])
  expect(meant(['*'], [])).toEqual([])
})
