import { expect, test } from 'vitest'
import { counted, type Counted, qualityOf, verdictOf } from './quality'

const count = (change: Partial<Counted> = {}): Counted => ({ received: 0, lost: 0, jitter: 0.002, roundTrip: 0.02, ...change })
const verdict = (change: Partial<Counted>) => verdictOf(qualityOf(count(), count({ received: 500, ...change })))

test('a clean line is good, a line that loses a packet in ten is poor', () => {
  expect(verdict({})).toBe('good')
  expect(verdict({ lost: 12 })).toBe('good')
  expect(verdict({ lost: 27 })).toBe('fair')
  expect(verdict({ lost: 55 })).toBe('poor')
})

test('delay and jitter hurt like loss does', () => {
  expect(verdict({ roundTrip: 0.3, jitter: 0.05 })).toBe('fair')
  expect(verdict({ roundTrip: 0.8 })).toBe('poor')
})

test('a hole in the counting is no loss', () => {
  expect(qualityOf(count({ received: 10 }), count({ received: 10 })).loss).toBe(0)
  expect(qualityOf(count({ lost: 5 }), count({ lost: 3, received: 9 })).loss).toBe(0)
})

test('only what is heard is counted', () => {
  const report = [
    { type: 'codec' }, { type: 'inbound-rtp', kind: 'audio', packetsReceived: 100, packetsLost: 1, jitter: 0.004 },
    { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.05 }, { type: 'inbound-rtp', kind: 'video', packetsReceived: 9 },
  ]
  expect(counted(report)).toEqual({ received: 100, lost: 1, jitter: 0.004, roundTrip: 0.05 })
  expect(counted([{ type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.05 }])).toBeNull()
})
