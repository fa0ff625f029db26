import { expect, test } from 'vitest'
import { differences, merged } from './differences'

test('versions differ field by field, and a list as a whole', () => {
  const before = { id: 'a', norm: { within: 20, share: 0.8 }, operators: ['x'], card: null }
  const after = { id: 'a', norm: { share: 0.8, within: 30 }, operators: ['x', 'y'] }
  expect(differences(before, after)).toEqual([
    { path: 'norm.within', before: 20, after: 30 }, { path: 'operators', before: ['x'], after: ['x', 'y'] },
  ])
})

test('two people change different fields, and neither loses anything', () => {
  expect(merged({ a: 1, b: 1, c: 1 }, { a: 2, b: 1, c: 1 }, { a: 1, b: 3, c: 1 })).toEqual({ a: 2, b: 3, c: 1 })
})

test('where both changed a field, mine is put', () => {
  expect(merged({ a: 1 }, { a: 2 }, { a: 3 })).toEqual({ a: 2 })
})
