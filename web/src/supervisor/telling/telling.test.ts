import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { trade } from '~/kit/trade'
import { setLanguage } from '~/kit/words'
import { CALL_LINE, NAMES, STORY } from './a-story'
import { gistOf } from './gist'
import { leadOf, leadText } from './lead'
import { lineOf } from './lines'
import { tellingOf } from './telling'
import { words } from './words.lines'

const KINDS: string[] = JSON.parse(readFileSync('openapi.json', 'utf8')).components.schemas.Fact.anyOf.map((one: { $ref: string }) => one.$ref.split('/').at(-1))
const lead = () => leadText(leadOf(CALL_LINE, STORY, NAMES, trade))

beforeEach(() => setLanguage('ru'))

test('no kind of fact is without words, in either language', () => {
  const spoken = (language: 'en' | 'ru') => KINDS.filter((kind) => !Object.keys(words[language]).some((key) => key === kind || key.startsWith(`${kind}.`)))
  expect(KINDS.length).toBeGreaterThan(40)
  expect({ en: spoken('en'), ru: spoken('ru') }).toEqual({ en: [], ru: [] })
})

test('a story is told in plain Russian', () => {
  expect(lead()).toBe(
    'Клиент Иван Петров позвонил на +7 495 123-45-67, выбрал 2, ждал 0:20 и говорил 1:10 (Анна Соколова). Результат: визит назначен. ' +
    'Не ответили: Борис Волков (0:08). На удержании 0:12. ' +
    'Посреди звонка программы не было 2,4\u202fс; ни одно плечо не потеряно, звонок шёл дальше.')
})

test('and in plain English', () => {
  setLanguage('en')
  expect(lead()).toBe(
    'Иван Петров called +7 495 123-45-67, chose 2, waited 0:20 and talked with Анна Соколова for 1:10. Result: визит назначен. ' +
    'Did not answer: Борис Волков (0:08). On hold for 0:12. ' +
    'The program was away for 2.4\u202fs during the call; no leg was lost, the call went on.')
})

test('a name can’t put marks into a sentence', () => {
  const pieces = leadOf({ ...CALL_LINE, name: '<b>Иван' }, STORY, NAMES, trade)
  expect(pieces.filter(({ bold }) => bold)[0]?.text).toBe('+7 495 123-45-67')
})

test('a call that lives says what goes on', () => {
  const living = STORY.slice(0, 20)
  expect(leadText(leadOf({ ...CALL_LINE, ended: null, disposition: null }, living, NAMES, trade))).toContain('сейчас говорит (Анна Соколова)')
  expect(leadText(leadOf({ ...CALL_LINE, ended: null, disposition: null }, STORY.slice(0, 6), NAMES, trade))).toContain('ждёт в очереди «Вызов мастера»')
})

test('who left while waiting is not said to have talked', () => {
  const left = [...STORY.slice(0, 6), ...STORY.slice(0, 1).map((told) => ({ ...told, fact: { kind: 'QueueLeft', call: 'c1', queue: 'service', why: 'abandoned', waited: 'PT45S' } as const }))]
  expect(gistOf(left).talks).toEqual([])
  expect(leadText(leadOf({ ...CALL_LINE, disposition: 'abandoned_in_queue' }, left, NAMES, trade))).toContain('не дождался за 0:45')
})

test('each step has a line, and the steps that matter stand out', () => {
  const about = tellingOf(CALL_LINE, STORY, NAMES, trade)
  const lines = STORY.map(({ fact }) => lineOf(fact, about))
  expect(lines.filter(({ minor }) => !minor).map(({ text, aside }) => [text, aside])).toEqual([
    ['Звонок: Иван Петров на +7 495 123-45-67', 'Ростелеком'],
    ['Нажата кнопка 2', undefined],
    ['Ждёт в очереди «Вызов мастера»', undefined],
    ['Предложен: Борис Волков', 'дольше всех свободен'],
    ['Борис Волков: не ответил', 'звонил 0:08, снят с готовности'],
    ['Предложен: Анна Соколова', 'дольше всех свободен'],
    ['Отвечает Анна Соколова', 'через 0:20'],
    ['Открыта карточка «Заявка»: Анна Соколова', undefined],
    ['Звонящий слышит музыку: удержание', 'Анна Соколова'],
    ['Звонящий снова в разговоре', 'Анна Соколова'],
    ['Программы не было 2,4\u202fс; звонок шёл дальше', 'ни одно плечо не потеряно'],
    ['Разговор окончен, говорили 1:10', 'трубку положил клиент'],
    ['Звонящий: положил трубку', undefined],
    ['Звонок окончен: обслужен', '1:38'],
    ['Обработка: Анна Соколова', 'не дольше 1:00'],
    ['Карточка закрыта: визит назначен', 'обработка 0:22'],
  ])
})
