import { expect, test } from 'vitest'
import { trimmed, wavOf } from './wav'

test('a WAV file says how long it is, and keeps the samples, even too loud ones', async () => {
  const octets = new DataView(await wavOf(new Float32Array([0, 0.5, -2]), 16_000).arrayBuffer())
  expect(new TextDecoder().decode(octets.buffer.slice(0, 16))).toBe('RIFF\u002a\u0000\u0000\u0000WAVEfmt ')
  expect([octets.getUint32(24, true), octets.getUint32(40, true)]).toEqual([16_000, 6])
  expect([octets.getInt16(44, true), octets.getInt16(46, true), octets.getInt16(48, true)]).toEqual([0, 16_383, -32_767])
})

test('silence at both ends goes, the pauses between words stay', () => {
  const sound = new Float32Array(1000)
  sound[400] = 0.5
  sound[600] = -0.5
  expect(trimmed(sound, 100).length).toBe(600 + 15 - (400 - 15))
  expect(trimmed(new Float32Array(10), 100).length).toBe(10)
})
