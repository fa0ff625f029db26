import { expect, test } from 'vitest'
import { concernOf, watched } from './attention'
import type { Board, BoardOperator, BoardQueue } from './live'
import { normsOf } from './norms'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString()

const operator = (user: string, more: Partial<BoardOperator> = {}): BoardOperator => ({
  user, name: user, status: 'ready', since: ago(10), after: 'ready', break_kind: null, break_limit: null, queues: ['service'], strip: [], load: 0.5,
  call: null, cards: 0, talks: 3, mean_handling: 60, missed: 0, occupancy: 0.5, on_break: 0, ...more,
})
const queue = (key: string, more: Partial<BoardQueue> = {}): BoardQueue => ({
  queue: key, title: key.toUpperCase(), project: 'main', waiting: 0, longest_since: null, norm_within: 20, norm_share: 0.8, service_level: 0.9,
  service_level_hour: 0.9, lost_share: 0, lost_share_hour: 0, entered: 10, served: 10, mean_wait: 5, mean_handling: 100, operators: {}, hour: [], ...more,
})
const board = (more: Partial<Board>): Board => ({ now: ago(0), seq: 1, switch_up: true, operators: [], queues: [], waiting: [], trunks: [], ...more })

test('the longest overdue queue stands first, since the moment at which the norm broke', () => {
  const norms = normsOf(board({ queues: [
    queue('calm'), queue('late', { waiting: 1, longest_since: ago(30) }), queue('later', { waiting: 2, longest_since: ago(80) }), queue('weak', { service_level_hour: 0.7 }),
  ] }), NOW)
  expect(norms.map(({ key, kind }) => [key, kind])).toEqual([['queue later', 'late'], ['queue late', 'late'], ['queue weak', 'level'], ['queue calm', 'kept']])
  expect(norms[0]).toMatchObject({ since: NOW - 60_000 })
})

test('whoever waits within the norm breaks nothing', () => {
  expect(normsOf(board({ queues: [queue('q', { waiting: 1, longest_since: ago(20) })] }), NOW)[0]?.kind).toBe('kept')
})

test('help is counted among people who are there: free elsewhere, and on a break', () => {
  const [late] = normsOf(board({
    queues: [queue('service', { waiting: 1, longest_since: ago(50), operators: { talking: 2, not_connected: 1 } }), queue('other')],
    operators: [
      operator('free', { queues: ['other'] }), operator('busy', { queues: ['other'], status: 'talking' }), operator('ours', { status: 'talking' }),
      operator('lunch', { status: 'break', break_kind: 'lunch', break_limit: 2700, since: ago(60) }),
      operator('over', { status: 'break', break_kind: 'break', break_limit: 900, since: ago(1000) }),
      operator('missed', { status: 'break', break_kind: 'missed_call' }),
    ],
  }), NOW)
  if (late?.kind !== 'late') throw new Error('The queue is late.')
  expect(late.help.elsewhere).toEqual([{ queue: 'OTHER', count: 1 }])
  expect([late.help.free, late.help.unconnected, late.help.absent]).toEqual([0, 1, 0])
  expect(late.help.onBreak.map(({ user }) => user)).toEqual(['missed', 'over', 'lunch'])
})

test('a trunk that is down and a switch that is away are told like broken norms', () => {
  const trunk = { trunk: 't', title: 'T', up: false, why: null, busy: 0, most: 10 }
  const norms = normsOf(board({ switch_up: false, queues: [queue('q')], trunks: [trunk, { ...trunk, trunk: 'u', up: null }, { ...trunk, trunk: 'v', busy: 2 }] }), NOW)
  expect(norms.map(({ kind }) => kind)).toEqual(['switch', 'trunk', 'kept'])
})

test('who needs attention comes first, who is not at work last', () => {
  const people = [
    operator('zoe'), operator('gone', { status: 'signed_out' }), operator('anna'), operator('lost', { status: 'not_connected' }),
    operator('long', { status: 'talking', since: ago(260) }), operator('over', { status: 'break', break_kind: 'lunch', break_limit: 2700, since: ago(2920) }),
  ]
  expect(watched(people, [queue('service')], NOW).map(({ operator: { user } }) => user)).toEqual(['lost', 'over', 'long', 'anna', 'zoe', 'gone'])
})

test('a break is too long beyond its limit only, and says by how much', () => {
  const lunch = { status: 'break', break_kind: 'lunch', break_limit: 2700 } as const
  expect(concernOf(operator('a', { ...lunch, since: ago(2600) }), [], NOW)).toBeNull()
  expect(concernOf(operator('a', { ...lunch, since: ago(2920) }), [], NOW)).toEqual({ why: 'break_over', state: 'bad', seconds: 220 })
})

test('a talk is long against what is usual in its queue today, if that is known', () => {
  const talks = operator('a', { status: 'talking', since: ago(250) })
  expect(concernOf(talks, [queue('service')], NOW)).toEqual({ why: 'long_talk', state: 'warn', seconds: 150 })
  expect(concernOf(talks, [queue('service', { served: 4 })], NOW)).toBeNull()
  expect(concernOf(operator('a', { status: 'talking', since: ago(100) }), [queue('service', { mean_handling: 10 })], NOW)).toBeNull()
})

test('a page that was lost in a talk is told before its length', () => {
  const call = { id: 'c', stage: 'talking', since: ago(500), other: { user: null, name: '', number: '' }, queue: 'service', hold: null, recorded: true, away: true, quality: null } as const
  expect(concernOf(operator('a', { status: 'talking', since: ago(500), call }), [queue('service')], NOW)?.why).toBe('page_lost')
})
