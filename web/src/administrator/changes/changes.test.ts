import { expect, test } from 'vitest'
import { changesOf, type Described, whereTheyDiffer } from './changes'

const field = (key: string, more: Partial<Described> = {}): Described => ({ key, title: { en: key, ru: key }, sort: 'text', many: null, names: null, values: {}, parts: [], ...more })
const QUEUE = [
  field('title'), field('operators', { many: 'list', names: 'user' }), field('rights', { many: 'set' }),
  field('norm', { sort: 'parts', parts: [field('within', { sort: 'duration' }), field('share', { sort: 'share' })] }),
]
const CARD = [field('fields', { sort: 'parts', many: 'list', parts: [field('key'), field('title', { sort: 'words' }), field('required', { sort: 'yes_no' })] })]
const CALENDAR = [field('week', { sort: 'parts', many: 'map', values: { 0: { en: 'Monday', ru: 'понедельник' } }, parts: [field('begin', { sort: 'time' }), field('end', { sort: 'time' })] })]

const told = (fields: Described[], before: object, after: object) =>
  changesOf(fields, before as Record<string, unknown>, after as Record<string, unknown>).map(({ place, what, before: old, after: now }) => [place.map(({ en }) => en).join(' › '), what, old, now])

test('a changed value stands at its place, and what nobody set is no change', () => {
  expect(told(QUEUE, { title: 'A', norm: { within: 20, share: 0.8 }, operators: [] }, { title: 'B', norm: { within: 30, share: 0.8 } })).toEqual([
    ['title', 'changed', 'A', 'B'], ['norm › within', 'changed', 20, 30],
  ])
})

test('who came and who went is told one by one, and a new order as a whole', () => {
  expect(told(QUEUE, { operators: ['anna', 'boris'] }, { operators: ['vera', 'anna'] })).toEqual([['operators', 'removed', null, 'boris'], ['operators', 'added', null, 'vera']])
  expect(told(QUEUE, { operators: ['anna', 'boris'] }, { operators: ['boris', 'anna'] })).toEqual([['operators', 'reordered', ['anna', 'boris'], ['boris', 'anna']]])
  expect(told(QUEUE, { rights: ['call', 'serve'] }, { rights: ['serve', 'call'] })).toEqual([])
})

test('parts that have a key are followed by it', () => {
  const name = { key: 'name', title: { en: 'Name', ru: 'Имя' }, required: false }
  const phone = { key: 'phone', title: { en: 'Phone', ru: 'Телефон' }, required: true }
  expect(told(CARD, { fields: [name, phone] }, { fields: [phone, { ...name, required: true }] })).toEqual([
    ['fields › Name › required', 'changed', false, true], ['fields', 'reordered', [name, phone], [phone, { ...name, required: true }]],
  ])
})

test('hours of a day are told under the name of the day', () => {
  const [morning, day] = [{ begin: '09:00', end: '13:00' }, { begin: '09:00', end: '18:00' }]
  expect(told(CALENDAR, { week: { 0: [morning] } }, { week: { 0: [day], 9: [day] } })).toEqual([
    ['week › Monday', 'removed', null, morning], ['week › Monday', 'added', null, day], ['week › 9', 'added', null, day],
  ])
})

test('a field that is not described is told all the same', () => {
  expect(told([], {}, { colour: 'red' })).toEqual([['colour', 'changed', undefined, 'red']])
})

test('of long texts only the place that differs is shown', () => {
  const long = 'а'.repeat(100)
  expect(whereTheyDiffer(`${long}x${long}`, `${long}y${long}`)).toEqual([`…${'а'.repeat(24)}x${'а'.repeat(24)}…`, `…${'а'.repeat(24)}y${'а'.repeat(24)}…`])
  expect(whereTheyDiffer('aaaa', 'aa')).toEqual(['aaaa', 'aa'])
})
