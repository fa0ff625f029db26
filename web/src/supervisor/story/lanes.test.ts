import { beforeEach, expect, test } from 'vitest'
import { trade } from '~/kit/trade'
import { setLanguage } from '~/kit/words'
import { CALL_LINE, NAMES, STORY } from '../telling/a-story'
import { marksOf, timeLineOf } from './lanes'

const line = () => timeLineOf(CALL_LINE, STORY, NAMES, trade, Date.parse('2026-11-24T13:00:00Z'))

beforeEach(() => setLanguage('ru'))

test('each party has its lane, in the order in which it came', () => {
  expect(line().lanes.map(({ name, detail }) => [name, detail])).toEqual([
    ['Иван Петров', '+7 916 123-45-67'], ['Сценарий', 'Главное меню'], ['Очередь', 'Вызов мастера'],
    ['Борис Волков', 'Настольный телефон'], ['Анна Соколова', 'Настольный телефон'], ['Карточка', 'Заявка'],
  ])
})

test('ring, talk, hold and wrap-up follow each other without holes', () => {
  const anna = line().lanes.find(({ key }) => key === 'user anna')
  expect(anna?.stretches.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ['ring', 20, 28], ['talk', 28, 50], ['hold', 50, 62], ['talk', 62, 98], ['wrap', 98, 120],
  ])
})

test('who did not answer has no talk but a note', () => {
  const boris = line().lanes.find(({ key }) => key === 'user boris')
  expect(boris?.stretches.map(({ kind }) => kind)).toEqual(['ring'])
  expect(boris?.note).toBe('не ответил, звонил 0:08')
})

test('the gap of the program and the recording stand at their seconds; what was kept later lengthens nothing', () => {
  const { gaps, recorded, lasts } = line()
  expect(gaps).toEqual([{ from: 72 - 2.4, to: 72, lost: 0 }])
  expect(recorded).toEqual([{ recording: 'r1', from: 28, lasts: 69.8, failed: false, silent: [] }])
  expect(lasts).toBe(120)
})

test('what goes on reaches until now', () => {
  const living = timeLineOf({ ...CALL_LINE, ended: null }, STORY.slice(0, 6), NAMES, trade, Date.parse('2026-11-24T12:00:40Z'))
  expect(living.lanes.find(({ key }) => key.startsWith('queue'))?.stretches).toMatchObject([{ from: 8, to: 40, text: '0:32' }])
})

test('marks of time keep their distance', () => {
  expect(marksOf(330, 800)).toEqual([0, 60, 120, 180, 240, 300])
  expect(marksOf(20, 800)).toEqual([0, 5, 10, 15, 20])
})
