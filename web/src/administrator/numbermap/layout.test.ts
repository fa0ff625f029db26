import { expect, test } from 'vitest'
import { around, found, layout, ofPeople, type Picture, type Stop, without } from './layout'

const stop = (id: string): Stop => ({ id, kind: id.split(':')[0] as Stop['kind'], key: id.split(':')[1]!, title: id, note: null, people: [], there: true })
const picture = (ids: string[], ways: [string, string, string?][]): Picture => ({
  stops: ids.map(stop), ways: ways.map(([start, end, why]) => ({ start, end, why: why === undefined ? null : { en: why, ru: why } })),
})
const COMPANY = picture(
  ['route:in', 'extension:101', 'extension:102', 'extension:500', 'scenario:main', 'user:anna', 'user:boris', 'queue:service'],
  [['route:in', 'scenario:main'], ['extension:500', 'scenario:main'], ['extension:101', 'user:anna'], ['extension:102', 'user:boris'],
    ['scenario:main', 'queue:service', 'Key 1'], ['scenario:main', 'queue:service', 'Key 3'], ['scenario:main', 'extension:101', 'Key 2']],
)

test('own numbers of people are left out unless something leads to them', () => {
  expect([...ofPeople(COMPANY)].sort()).toEqual(['extension:102', 'user:boris'])
})

test('everything stands right of what leads to it', () => {
  const { placed, columns, height } = layout(without(COMPANY, ofPeople(COMPANY)))
  expect(Object.fromEntries(placed.map(({ stop: { id }, column }) => [id, column]))).toEqual({
    'route:in': 0, 'extension:500': 0, 'scenario:main': 1, 'extension:101': 2, 'queue:service': 2, 'user:anna': 3,
  })
  expect([columns, height]).toEqual([4, 2])
})

test('choices that lead to the same place are one line', () => {
  expect(layout(COMPANY).lines.find(({ end }) => end === 'queue:service')?.whys.map(({ en }) => en)).toEqual(['Key 1', 'Key 3'])
})

test('what goes round is drawn once, and goes back', () => {
  const { placed, lines } = layout(picture(['extension:1', 'extension:2'], [['extension:1', 'extension:2'], ['extension:2', 'extension:1']]))
  expect(placed.map(({ column }) => column)).toEqual([0, 1])
  expect(lines.map(({ back }) => back)).toEqual([false, true])
})

test('a search keeps what leads there and what it leads to', () => {
  const kept = found(COMPANY, ' Service', ({ title }) => title)
  expect(kept.stops.map(({ id }) => id)).toEqual(['route:in', 'extension:500', 'scenario:main', 'queue:service'])
  expect([...around(COMPANY, 'user:boris')].sort()).toEqual(['extension:102', 'user:boris'])
})
