import { expect, test } from 'vitest'
import type { Thing } from '../frame/things'
import { covers, shadowOf } from './covers'

const route = (more: Partial<Thing<'outbound_route'>> = {}): Thing<'outbound_route'> => ({
  id: 'r', title: 'R', numbers: ['*'], service_classes: null, calendar: null, when: 'always', trunks: ['t'], sharing: 'in_order', form: 'e164', strip: 0, prepend: '', caller_id: null, ring_for: 60, order: 100, ...more,
})

test('a route takes all of another only if its numbers, people and hours hold all of the other’s', () => {
  expect(covers(route(), route({ numbers: ['+7*', '+49*'] }))).toBe(true)
  expect(covers(route({ numbers: ['+7*'] }), route({ numbers: ['+7*', '+49*'] }))).toBe(false)
  expect(covers(route({ service_classes: ['vip'] }), route())).toBe(false)
  expect(covers(route({ service_classes: ['vip', 'all'] }), route({ service_classes: ['vip'] }))).toBe(true)
  expect(covers(route({ when: 'open', calendar: 'c' }), route())).toBe(false)
})

test('only what stands above shadows', () => {
  const all = [{ version: 1, thing: route({ id: 'all', order: 10 }) }]
  expect(shadowOf(route({ id: 'mine', order: 20 }), all)?.id).toBe('all')
  expect(shadowOf(route({ id: 'mine', order: 5 }), all)).toBeUndefined()
})
