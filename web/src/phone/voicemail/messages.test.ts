import { expect, test } from 'vitest'
import type { Box, Message } from './box'
import { gone } from './messages'

const message = (id: string, heard: boolean): Message => ({
  id, heard, call: 'c', at: '2026-11-24T12:00:00Z', seconds: 5, until: '2027-05-23T12:00:00Z', caller: { user: null, name: '', number: '' },
})
const BOX: Box = { unheard: 1, items: [message('new', false), message('old', true)] }

test('a new message that is thrown away is counted no more', () => {
  expect(gone(BOX, 'new')).toEqual({ unheard: 0, items: [BOX.items[1]] })
})

test('one that was heard leaves the count alone', () => {
  expect(gone(BOX, 'old')).toEqual({ unheard: 1, items: [BOX.items[0]] })
})

test('what is not there changes nothing', () => {
  expect(gone(BOX, 'none')).toBe(BOX)
})
