import { expect, test } from 'vitest'
import { asMoney, asShare, asTimer, noteServerNow, secondsOf, secondsSince } from './times'
import { setLanguage } from './words'
import { say } from './words.kit'

test('a timer is short below an hour and never negative', () => {
  expect([asTimer(42), asTimer(725.9), asTimer(3723), asTimer(-3)]).toEqual(['0:42', '12:05', '1:02:03', '0:00'])
})

test('a wrong clock of this machine does not show in a duration', () => {
  const server = new Date(Date.now() + 3_600_000)
  noteServerNow(server.toISOString())
  expect(Math.round(secondsSince(new Date(server.getTime() - 5000).toISOString()))).toBe(5)
})

test('a share that nobody knows is a dash', () => {
  expect(asShare(null)).toBe('–')
  expect(asShare(0.874)).toBe('87\u202f%')
})

test('money is written as the language does, a price to its last place', () => {
  setLanguage('ru')
  expect([asMoney('0.6'), asMoney(1240.5), asMoney('0.0125', 4)]).toEqual(['0,60', '1\u00a0240,50', '0,0125'])
  setLanguage('en')
  expect(asMoney('1240.5')).toBe('1,240.50')
})

test('words follow the language', () => {
  setLanguage('ru')
  expect(say('saved', { time: '0:01' })).toBe('сохранено 0:01 назад')
  setLanguage('en')
  expect(say('saved', { time: '0:01' })).toBe('saved 0:01 ago')
})

test('a duration of a fact is read in seconds', () => {
  expect(['PT12.5S', 'P1DT3600S', 'PT0S', 'PT1H2M3S', 'P2D'].map(secondsOf)).toEqual([12.5, 90_000, 0, 3723, 172_800])
  expect(() => secondsOf('12')).toThrow()
})
