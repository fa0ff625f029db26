import { expect, test } from 'vitest'
import { Refused } from '~/api/problem'
import { setLanguage } from '~/kit/words'
import { faultAt, faultsIn, unseen } from './faults'

const refused = (...fields: string[]) =>
  new Refused({ code: 'x', en: 'No.', ru: 'Нет.', facts: {}, fields: fields.map((field) => ({ field, en: 'Too long', ru: 'Слишком длинно' })) }, 422)

test('each fault finds its field, in whichever way the server names it', () => {
  setLanguage('ru')
  const faults = faultsIn(refused('body.name', 'queue/sales/norm.within', 'body.emergency.0.number', 'body'))
  expect(Object.keys(faults.at)).toEqual(['name', 'norm.within', 'emergency.0.number'])
  expect(faults.whole).toEqual(['Слишком длинно'])
})

test('a part without a field of its own is told beside the whole, and nothing is lost', () => {
  const faults = faultsIn(refused('body.emergency.0.number', 'body.codecs'))
  expect(faultAt(faults, 'emergency', new Set())).toBe('Слишком длинно')
  expect(faultAt(faults, 'emergency', new Set(['emergency.0.number']))).toBeUndefined()
  expect(unseen(faults, new Set(['emergency']), () => 'Кодеки')).toEqual(['Кодеки: Слишком длинно'])
})

test('a refusal without fields is said as a whole', () => {
  expect(faultsIn(refused())).toEqual({ at: {}, whole: ['Нет.'] })
})
