import { expect, test } from 'vitest'
import { KEY, keyFrom } from './keys'

test.each([
  ['Анна Петрова', 'anna-petrova'], ['Щёлково, цех №2', 'shchelkovo-tsekh-2'], ['  Sales / EU  ', 'sales-eu'], ['Élodie', 'elodie'], ['№', 'user'],
])('%s becomes a key that the server takes', (title, key) => {
  const made = keyFrom(title, new Set(), 'user')
  expect(made).toMatch(KEY)
  expect(made).toBe(key)
})

test('a second one of that name gets a number', () => {
  expect(keyFrom('Анна', new Set(['anna', 'anna-2']), 'user')).toBe('anna-3')
})

test('an endless title still gives a key', () => {
  expect(keyFrom('щ'.repeat(200), new Set(), 'user')).toMatch(KEY)
})
