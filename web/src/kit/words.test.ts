import { expect, test } from 'vitest'
import { defineWords, setLanguage } from './words'

const { say } = defineWords('trial', {
  en: { waits_one: '{count} waits', waits_other: '{count} wait', named: '{name} has {name}s', plain: 'of {count}' },
  ru: { waits_one: 'ждёт {count}', waits_few: 'ждут {count}', waits_many: 'ждут {count}', waits_other: 'ждут {count}', named: '{name}: {name}', plain: 'из {count}' },
})

test('plural forms follow the language', () => {
  setLanguage('ru')
  expect([1, 2, 5, 21].map((count) => say('waits', { count }))).toEqual(['ждёт 1', 'ждут 2', 'ждут 5', 'ждёт 21'])
  setLanguage('en')
  expect([1, 21].map((count) => say('waits', { count }))).toEqual(['1 waits', '21 wait'])
})

test('a key without words, of the server\'s perhaps, says where it is missing', () => {
  expect(say('new kind' as 'plain')).toBe('trial: new kind')
})

test('a value stands wherever it is named, also one that looks like a pattern; one that is not given leaves nothing', () => {
  setLanguage('en')
  expect(say('named', { name: '$& {count}' })).toBe('$& {count} has $& {count}s')
  expect(say('named')).toBe(' has s')
  expect(say('plain', { count: 3 })).toBe('of 3')
})
