import { expect, test } from 'vitest'
import type { Thing } from '../frame/things'
import { takesAll } from './covers'

const route = (more: object = {}): Thing<'route'> => ({ id: 'r', title: 'R', trunk: null, number: '*', caller: '*', caller_lists: [], countries: [], regions: [], mode: null, mode_says: 'day', calendar: null, when: 'always', order: 100, target: { kind: 'queue', key: 'q' }, ...more })

test.each([
  [{}, true], [{ trunk: 't' }, true], [{ number: '7*' }, false], [{ caller_lists: ['vip'] }, false], [{ countries: ['DE'] }, false], [{ mode: 'office' }, false], [{ when: 'open', calendar: 'c' }, false],
])('a route with %j takes everything: %s', (more, all) => {
  expect(takesAll(route(more))).toBe(all)
})
