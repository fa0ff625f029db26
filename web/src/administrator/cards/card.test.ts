import { expect, test } from 'vitest'
import { blankDisposition, blankField, keyOf, missingIn, ofKind, parentsFor, renamed, retitled, unknownIn, variablesOf, withChoices, withoutDisposition } from './card'

test('the other language follows until it is written itself', () => {
  const first = retitled({ en: '', ru: '' }, 'ru', 'Адрес')
  expect(first).toEqual({ en: 'Адрес', ru: 'Адрес' })
  const both = { ...first, en: 'Address' }
  expect(retitled(both, 'ru', 'Адрес дома')).toEqual({ en: 'Address', ru: 'Адрес дома' })
})

test('a key follows the title until it was published, and is one that a script can name', () => {
  expect(keyOf('Когда удобно', ['kogda_udobno'], 'field')).toBe('kogda_udobno_2')
  const field = blankField('text', [])
  const title = { en: 'Адрес', ru: 'Адрес' }
  expect(renamed(field, title, 'ru', [], false, 'field').key).toBe('adres')
  expect(renamed({ ...field, key: 'address' }, title, 'ru', [], true, 'field').key).toBe('address')
})

test('only a list has choices, and pasted lines become some', () => {
  const list = ofKind({ ...blankField('list', []), choices: withChoices([], ['Протечка', '  ', 'Котёл', 'Протечка']) }, 'list')
  expect(list.choices?.map(({ key }) => key)).toEqual(['protechka', 'kotel', 'protechka_2'])
  expect(ofKind(list, 'text').choices).toEqual([])
})

test('what lay within a removed result comes up, and none lies within itself', () => {
  const one = (key: string, parent: string | null = null) => ({ ...blankDisposition([]), key, parent })
  const tree = [one('no'), one('dear', 'no'), one('too_dear', 'dear')]
  expect(withoutDisposition(tree, 'dear').map(({ key, parent }) => [key, parent])).toEqual([['no', null], ['too_dear', 'no']])
  expect(parentsFor(tree, 'dear').map(({ key }) => key)).toEqual(['no'])
  expect(parentsFor([one('a', 'b'), one('b', 'a')], 'c').map(({ key }) => key)).toEqual(['a', 'b'])
})

test('names that nobody sets are told', () => {
  expect(unknownIn('Я {operator}, {who}? {who}! {Not} {x-y}', new Set(['operator']))).toEqual(['who'])
  expect(variablesOf([{ graph: { nodes: { a: { params: { variable: 'debt' } }, b: {}, c: { params: { variable: 'debt' } } } } }])).toEqual(['debt'])
})

test('an unticked box and no result are missing, a zero is not', () => {
  const card = { id: 'c', title: 'C', project: 'main', script: '', disposition_required: true, dispositions: [], fields: [{ ...blankField('check_box', []), key: 'agreed', required: true }, { ...blankField('number', []), key: 'debt', required: true }] }
  expect(missingIn(card, { agreed: false, debt: 0 }, null)).toEqual(['agreed', 'disposition'])
  expect(missingIn(card, { agreed: true, debt: 0 }, 'done')).toEqual([])
})
