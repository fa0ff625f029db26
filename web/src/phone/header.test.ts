import { expect, test } from 'vitest'
import { announced } from './header'

test('a page learns which call rings, and whether to take it by itself', () => {
  expect(announced('call=20261124T120000-7f3kq2;answer=auto')).toEqual({ call: '20261124T120000-7f3kq2', auto: true })
  expect(announced('call=a1')).toEqual({ call: 'a1', auto: false })
})

test('a call from elsewhere rings', () => {
  expect(announced(undefined)).toEqual({ call: null, auto: false })
  expect(announced('answer=auto ;call=')).toEqual({ call: null, auto: true })
})
