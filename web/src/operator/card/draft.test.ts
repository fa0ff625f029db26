import { expect, test } from 'vitest'
import { answered, draftOf, misfit, retold, returned, sent, shownIn, toSend, typed, unsavedIn, yielded } from './draft'

const told = (values: Record<string, string | null>, revision: number) => ({ values, revision })
const begun = () => draftOf(told({ name: 'Иван' }, 3))

test('what was typed is shown at once and sent once', () => {
  const draft = typed(typed(begun(), 'address', 'Лен'), 'address', 'Ленина 5')
  expect(shownIn(draft)).toEqual({ name: 'Иван', address: 'Ленина 5' })
  expect(toSend(draft)).toEqual({ address: 'Ленина 5' })
  expect(toSend(sent(draft))).toEqual({})
})

test('what is typed while an answer is on its way is sent after it', () => {
  const draft = typed(sent(typed(begun(), 'address', 'Лен')), 'address', 'Ленина 5')
  const after = answered(draft, told({ name: 'Иван', address: 'Лен' }, 4))
  expect(shownIn(after).address).toBe('Ленина 5')
  expect(toSend(after)).toEqual({ address: 'Ленина 5' })
  expect(after.saved.has('address')).toBe(false)
  expect(after.rivals).toEqual({})
})

test('once it is on disk nothing is left to send, and the field is marked', () => {
  const after = answered(sent(typed(begun(), 'address', 'Ленина 5')), told({ name: 'Иван', address: 'Ленина 5' }, 4))
  expect([unsavedIn(after), [...after.saved], after.told.revision]).toEqual([{}, ['address'], 4])
})

test('what did not arrive is sent again, in its newest form', () => {
  const draft = typed(sent(typed(typed(begun(), 'address', 'Лен'), 'words', 'течёт')), 'address', 'Ленина 5')
  expect(toSend(returned(draft))).toEqual({ address: 'Ленина 5', words: 'течёт' })
})

test('a field that is not taken waits for its person, the others go', () => {
  const draft = misfit(sent(typed(typed(begun(), 'visit', '31.02'), 'words', 'течёт')), 'visit', { en: 'A date', ru: 'Дата' })
  expect(toSend(draft)).toEqual({ words: 'течёт' })
  expect(shownIn(draft).visit).toBe('31.02')
  expect(toSend(typed(draft, 'visit', '2026-02-28'))).toEqual({ visit: '2026-02-28', words: 'течёт' })
})

test('what others typed comes in, but never over what is being typed here', () => {
  const draft = retold(typed(begun(), 'address', 'Ленина 5'), told({ name: 'Пётр', address: 'Мира 1' }, 5))
  expect(shownIn(draft)).toEqual({ name: 'Пётр', address: 'Ленина 5' })
  expect(draft.rivals).toEqual({ address: 'Мира 1' })
  expect(toSend(yielded(draft, 'address'))).toEqual({ address: 'Мира 1' })
  expect(yielded(draft, 'address').rivals).toEqual({})
})

test('an answer that comes late changes nothing', () => {
  const draft = retold(begun(), told({ name: 'Пётр' }, 2))
  expect(shownIn(draft)).toEqual({ name: 'Иван' })
})

test('after a reload only what the server has not is unsaved', () => {
  expect(unsavedIn(draftOf(told({ name: 'Иван', address: null }, 4), { name: 'Иван', address: '', words: 'течёт' }))).toEqual({ words: 'течёт' })
})
