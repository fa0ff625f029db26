import { expect, test } from 'vitest'
import { loudestOf, peakIn, type Wave } from './wave'

const WAVES: Wave[] = [
  { from: 10, peaks: { seconds: 4, left: [0, 10, 200, 30], right: [0, 0, 0, 90] } },
  { from: 20, peaks: { seconds: 2, left: [50, 60], right: [7, 8] } },
]

test('the loudest of a stretch is drawn, in the recording that lies there', () => {
  expect(peakIn(WAVES, 'left', 11, 13)).toBe(200)
  expect(peakIn(WAVES, 'right', 13, 14)).toBe(90)
  expect(peakIn(WAVES, 'left', 20.5, 20.6)).toBe(50)
})

test('a stretch shorter than a point has the point it lies in', () => {
  expect(peakIn(WAVES, 'left', 12.1, 12.2)).toBe(200)
})

test('where nothing was recorded there is no wave, which is not silence', () => {
  expect(peakIn(WAVES, 'left', 0, 9)).toBeNull()
  expect(peakIn(WAVES, 'left', 15, 19)).toBeNull()
  expect(peakIn(WAVES, 'right', 10, 11)).toBe(0)
})

test('quiet calls are not blown up', () => {
  expect(loudestOf(WAVES)).toBe(200)
  expect(loudestOf([{ from: 0, peaks: { seconds: 1, left: [3], right: [2] } }])).toBe(48)
})
