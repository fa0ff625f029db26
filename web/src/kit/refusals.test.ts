import { expect, test } from 'vitest'
import { Refused } from '~/api/problem'
import { faultsOf } from './refusals'
import { setLanguage } from './words'

const refused = (...fields: string[]) =>
  new Refused({ code: 'x', en: 'No.', ru: 'Нет.', facts: {}, fields: fields.map((field) => ({ field, en: 'Too long', ru: 'Слишком длинно' })) }, 422)

test('each error stands beside its field, however the server names it', () => {
  setLanguage('ru')
  const { fields, rest } = faultsOf(refused('body.name', 'user/anna/roles', 'body.devices.0.title'), ['name', 'roles'])
  expect(fields).toEqual({ name: 'Слишком длинно', roles: 'Слишком длинно' })
  expect(rest).toEqual(['body.devices.0.title: Слишком длинно'])
})

test('a refusal without fields is a sentence above the form', () => {
  expect(faultsOf(refused(), ['name'])).toEqual({ fields: {}, rest: ['Нет.'] })
})
