import { expect, test } from 'vitest'
import { givingWay, inOrder, movedTo, orderOfNew } from './order'

const one = (id: string, order: number) => ({ version: 1, thing: { id, order } })
const LIST = [one('a', 10), one('b', 20), one('c', 30)]

test('of the same order the key decides, as on the server', () => {
  expect(inOrder([one('b', 5), one('a', 5), one('c', 1)]).map(({ thing }) => thing.id)).toEqual(['c', 'a', 'b'])
})

test('only what comes to another place is published', () => {
  expect(movedTo(LIST, 2, 1).map(({ thing }) => [thing.id, thing.order])).toEqual([['c', 20], ['b', 30]])
  expect(movedTo(LIST, 1, 1)).toEqual([])
})

test('routes that were never ordered get an order once one of them moves', () => {
  expect(movedTo([one('a', 100), one('b', 100)], 1, 0).map(({ thing }) => [thing.id, thing.order])).toEqual([['b', 10], ['a', 20]])
})

test('a new route stands last, but before the one that takes everything', () => {
  expect(orderOfNew(LIST, () => false)).toBe(40)
  expect(orderOfNew(LIST, ({ id }) => id === 'c')).toBe(25)
  expect(orderOfNew([one('all', 100)], () => true)).toBe(90)
  expect(orderOfNew([], () => true)).toBe(10)
})

test('where there is no room, those from there on give way', () => {
  const rules = [one('a', 99), one('all', 100), one('never', 110)]
  const order = orderOfNew(rules, ({ id }) => id === 'all')
  const moved = givingWay(rules, { id: 'new', order })
  expect(moved.map(({ thing }) => [thing.id, thing.order])).toEqual([['all', 110], ['never', 120]])
  expect(inOrder([rules[0]!, ...moved, one('new', order)]).map(({ thing }) => thing.id)).toEqual(['a', 'new', 'all', 'never'])
  expect(givingWay(LIST, { id: 'new', order: 25 })).toEqual([])
})
