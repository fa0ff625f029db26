import { expect, test } from 'vitest'
import { asPhone, knowNumbers } from './numbers'

test('a Russian number is written at once, the others once the table of numbers is there', async () => {
  expect(asPhone('79161234567')).toBe('+7 916 123-45-67')
  expect(asPhone('+4930901820')).toBe('+4930901820')
  await knowNumbers()
  expect(asPhone('+79161234567')).toBe('+7 916 123-45-67')
  expect(asPhone('+4930901820')).toBe('+49 30 901820')
})

test('masked and inner numbers stay as they are', () => {
  expect([asPhone('101'), asPhone('+7 ••• •••-••-67'), asPhone('')]).toEqual(['101', '+7 ••• •••-••-67', ''])
})
