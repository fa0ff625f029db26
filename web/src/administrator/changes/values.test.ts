import { expect, test } from 'vitest'
import { setLanguage } from '~/kit/words'
import type { Described } from './changes'
import { inUnits, inWords } from './values'

const field = (key: string, more: Partial<Described> = {}): Described => ({ key, title: { en: key, ru: key }, sort: 'text', many: null, names: null, values: {}, parts: [], ...more })
const naming = (kind: string, key: string) => `${kind}:${key}`

test('a time span is said in the unit that people use', () => {
  setLanguage('ru')
  expect([15, 90, 60, 5400, 3600, 86_400, 180 * 86_400, 61].map(inUnits)).toEqual(['15\u00a0с', '1,5\u00a0мин', '1\u00a0мин', '1,5\u00a0ч', '1\u00a0ч', '1\u00a0день', '180\u00a0дней', '61\u00a0с'])
})

test('each sort of value is said as people read it', () => {
  setLanguage('ru')
  const said = (more: Partial<Described>, value: unknown) => inWords(field('f', more), value, naming)
  expect(said({ sort: 'yes_no' }, true)).toBe('да')
  expect(said({ sort: 'share' }, 0.8)).toBe('80\u202f%')
  expect(said({ sort: 'words' }, { en: 'Leak', ru: 'Протечка' })).toBe('Протечка')
  expect(said({ sort: 'one_of', values: { open: { en: 'Open', ru: 'Открыто' } } }, 'open')).toBe('Открыто')
  expect(said({ names: 'user', many: 'list' }, ['anna', 'vera'])).toBe('user:anna, user:vera')
  expect(said({ sort: 'text' }, null)).toBe('не задано')
})

test('a part is told by its name and what is set in it', () => {
  setLanguage('ru')
  const parts = [field('key'), field('title', { sort: 'words' }), field('kind', { sort: 'one_of', values: { list: { en: 'List', ru: 'Список' } } }), field('required', { title: { en: 'Required', ru: 'Обязательно' }, sort: 'yes_no' })]
  expect(inWords(field('fields', { sort: 'parts', many: 'list', parts }), { key: 'a', title: { en: 'A', ru: 'А' }, kind: 'list', required: true }, naming)).toBe('А (список, обязательно)')
  const target = field('target', { sort: 'parts', parts: [field('kind', { sort: 'one_of', values: { queue: { en: 'queue', ru: 'очередь' } } }), field('key', { values: { pick_up: { en: 'Pick up', ru: 'Перехват звонка' } } })] })
  expect(inWords(target, { kind: 'service', key: 'pick_up' }, naming)).toBe('Перехват звонка')
  expect(inWords(target, { kind: 'queue', key: 'service' }, naming)).toBe('очередь queue:service')
  expect(inWords(field('hours', { sort: 'parts' }), { begin: '09:00:00', end: '00:00:00' }, naming)).toBe('09:00–полночь')
})
