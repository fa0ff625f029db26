import { expect, test } from 'vitest'
import { type Known, nextOf, stepsOf } from './steps'

const EMPTY: Known = { companyVersion: 0, company: undefined, me: 'admin', users: [user('admin')], devices: [], trunks: [], trunksUp: null, extensions: [], routes: [], outbound: [], queues: [] }

function user(id: string) {
  return { id, name: id, roles: [], department: '', position: '', calls_in_browser: true, active: true, limits: {},
    voicemail: { always: false, no_answer: false, busy: false, unreachable: false, ring_for: 30 } }
}

const states = (known: Partial<Known>) => Object.fromEntries(stepsOf({ ...EMPTY, ...known }).map(({ name, state }) => [name, state]))

test('in an empty house nothing is done, and the company comes first', () => {
  expect(new Set(Object.values(states({})))).toEqual(new Set(['open']))
  expect(nextOf(stepsOf(EMPTY))).toBe('company')
})

test('a colleague without a number is a beginning, with one it is done', () => {
  const users = [user('admin'), user('anna')]
  expect(states({ users }).users).toBe('begun')
  expect(states({ users, extensions: [{ number: '101', target: { kind: 'user', key: 'anna' } }] }).users).toBe('done')
})

test('a line is done once it works', () => {
  const trunks = [{ id: 't', title: 'T', kind: 'registering' as const, port: 5060, most_channels: 30, codecs: ['alaw' as const], weight: 1, limits: {}, numbers: [], sources: [], keeps_caller: false, dtmf: 'auto' as const }]
  expect(states({ trunks, trunksUp: 0 }).trunk).toBe('begun')
  expect(states({ trunks, trunksUp: 1 }).trunk).toBe('done')
})

test('what a house can do without is offered last', () => {
  const steps = stepsOf(EMPTY).map((step) => ({ ...step, state: step.optional ? ('open' as const) : ('done' as const) }))
  expect(nextOf(steps)).toBe('outbound')
  expect(nextOf(steps.map((step) => ({ ...step, state: 'done' as const })))).toBeNull()
})
