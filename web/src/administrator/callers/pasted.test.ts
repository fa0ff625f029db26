import { expect, test } from 'vitest'
import { pasted } from './pasted'

test('a column of a table becomes numbers, each once', () => {
  expect(pasted('+7 (916) 123-45-67\n\n+7495*; +79161234567\r\n')).toEqual(['+79161234567', '+7495*'])
})
