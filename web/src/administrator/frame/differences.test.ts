import { expect, test } from 'vitest'
import { merged, same } from './differences'

test('two people change different fields, and neither loses anything', () => {
  expect(merged({ a: 1, b: 1, c: 1 }, { a: 2, b: 1, c: 1 }, { a: 1, b: 3, c: 1 })).toEqual({ a: 2, b: 3, c: 1 })
})

test('where both changed a field, mine is put', () => {
  expect(merged({ a: 1 }, { a: 2 }, { a: 3 })).toEqual({ a: 2 })
})

test('order of fields and unset ones make no difference, order of a list does', () => {
  expect(same({ a: 1, b: null }, { b: undefined, a: 1 })).toBe(true)
  expect(same(['x', 'y'], ['y', 'x'])).toBe(false)
})
