import { expect, test } from 'vitest'
import { decide } from './deciding'

test('the longest pattern decides, and of two alike the forbidding one', () => {
  expect(decide(['+7*'], ['+7809*'], '+78091112233')).toEqual({ may: false, pattern: '+7809*' })
  expect(decide(['+7*', '+7809555*'], ['+7809*'], '+78095551122')).toEqual({ may: true, pattern: '+7809555*' })
  expect(decide(['+7*'], ['+7*'], '+79161234567')).toEqual({ may: false, pattern: '+7*' })
  expect(decide(['+7*'], [], '+4930123')).toEqual({ may: false, pattern: null })
})
