import { expect, test } from 'vitest'
import type { Names } from '~/api/names'
import { type Line, ownPart } from './history'

const names = { user: (key: string) => ({ anna: 'Анна', boris: 'Борис' })[key] ?? key } as Names
const line = (change: Partial<Line>): Line => ({
  id: 'c', began: '2026-11-24T12:00:00Z', ended: '2026-11-24T12:01:00Z', direction: 'internal', number: '101', name: '', dialled: '102', trunk: null,
  user: 'anna', queue: null, operator: null, rung: 'boris', missed_by: ['boris'], joined_into: null, waited: 0, talked: 0, cost: null, disposition: null, whose: null, dialogs: [], recordings: [], while_away: false, ...change,
})

test('a call that I did not take is missed, and I can call back', () => {
  expect(ownPart(line({}), 'boris', names)).toEqual({ outgoing: false, missed: true, title: 'Анна', number: '101' })
})

test('a call that somebody else took after me is missed by me, one that I took is not', () => {
  expect(ownPart(line({ operator: 'vera', talked: 5 }), 'boris', names).missed).toBe(true)
  expect(ownPart(line({ operator: 'boris', talked: 5, missed_by: [] }), 'boris', names).missed).toBe(false)
  expect(ownPart(line({ ended: null }), 'boris', names).missed).toBe(false)
})

test('my own call is never missed, and names whom I called', () => {
  expect(ownPart(line({}), 'anna', names)).toEqual({ outgoing: true, missed: false, title: 'Борис', number: '102' })
  expect(ownPart(line({ direction: 'outbound', rung: null, number: '+79161234567', dialled: '' }), 'anna', names)).toMatchObject({ title: '+7 916 123-45-67', number: '+79161234567' })
})

test('whom I asked in between is not whom I called', () => {
  expect(ownPart(line({ operator: 'boris', rung: 'vera', talked: 5 }), 'anna', names).title).toBe('Борис')
  expect(ownPart(line({ direction: 'outbound', rung: 'vera', number: '+79161234567', dialled: '' }), 'anna', names).title).toBe('+7 916 123-45-67')
})
