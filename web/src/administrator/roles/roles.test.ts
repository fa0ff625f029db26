import { expect, test } from 'vitest'
import type { Schemas } from '~/api/client'
import { RIGHTS, toggled } from './RightsField'
import { holdersOf } from './Roles'

test('rights stay in one order, however they were ticked', () => {
  expect(toggled(['supervise', 'call'], 'serve')).toEqual(['call', 'serve', 'supervise'])
  expect(toggled(['call', 'serve'], 'call')).toEqual(['serve'])
})

test('every right that the server knows can be ticked', () => {
  const every: Record<Schemas['Right'], true> = { administer: true, supervise: true, serve: true, call: true, see_calls: true, hear_recordings: true, export_recordings: true, listen: true, see_numbers: true, throw_modes: true, lift_blocks: true }
  expect([...RIGHTS].sort()).toEqual(Object.keys(every).sort())
})

test('people are counted by role', () => {
  const user = (...roles: string[]) => ({ thing: { id: 'x', name: 'X', roles } }) as never
  expect([...holdersOf([user('operator'), user('operator', 'supervisor')])]).toEqual([['operator', 2], ['supervisor', 1]])
})
