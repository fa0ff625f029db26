import { expect, test } from 'vitest'
import { setInto } from './script'

test('what stands for each name is found again, and what is not known is left out', () => {
  const script = 'Здравствуйте, {caller_name}. Меня зовут {operator} (Тёплый дом). Адрес {address}?'
  const said = 'Здравствуйте, Иван. Меня зовут Анна (Тёплый дом). Адрес {address}?'
  expect(setInto(script, said)).toEqual({ caller_name: 'Иван', operator: 'Анна' })
})

test('a script that was changed meanwhile names nothing wrong', () => {
  expect(Object.values(setInto('Я {operator}.', 'Совсем другое'))).toEqual([''])
})
