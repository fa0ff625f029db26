import { expect, test } from 'vitest'
import { covers, patternCovers, shadowOf } from './covers'

const route = (more: object = {}) => ({ id: 'r', title: 'R', trunk: null, number: '*', caller: '*', calendar: null, when: 'always' as const, order: 100, target: { kind: 'queue' as const, key: 'q' }, ...more })

test.each([
  ['*', '7495*', true], ['7495*', '7495123', true], ['7495*', '74*', false], ['7495', '7495', true], ['7495', '7495*', false], ['', '', true],
])('the pattern %s takes all of %s: %s', (outer, inner, all) => {
  expect(patternCovers(outer, inner)).toBe(all)
})

test('a route for one line or for some hours leaves calls to others', () => {
  expect(covers(route({ trunk: 'a' }), route())).toBe(false)
  expect(covers(route(), route({ trunk: 'a' }))).toBe(true)
  expect(covers(route({ when: 'open', calendar: 'c' }), route())).toBe(false)
  expect(covers(route({ when: 'open', calendar: 'c' }), route({ when: 'open', calendar: 'c', number: '7*' }))).toBe(true)
})

test('what stands above and takes everything is found, what stands below is not', () => {
  const all = [{ version: 1, thing: route({ id: 'all', order: 10 }) }, { version: 1, thing: route({ id: 'late', order: 90 }) }]
  expect(shadowOf(route({ id: 'mine', order: 20, number: '7*' }), all)?.id).toBe('all')
  expect(shadowOf(route({ id: 'mine', order: 5 }), all)).toBeUndefined()
})
