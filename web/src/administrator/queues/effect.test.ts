import { expect, test } from 'vitest'
import { setLanguage } from '~/kit/words'
import type { Thing } from '../frame/things'
import { effectOf, withoutRight } from './effect'

const QUEUE: Thing<'queue'> = {
  id: 'service', title: 'Сервис', operators: ['anna', 'boris', 'vera'], strategy: 'longest_idle', ring_for: 15, give_up_after: 180, missed_call_takes_out: true, card: 'request',
  wrap_up_limit: 60, norm: { within: 20, share: 0.8 }, project: 'main', weight: 10, most_waiting: 100, record: true,
}
const known = { user: () => 'Анна', card: () => 'Заявка' }

test('the effect follows a call from its first ring to the closed card', () => {
  setLanguage('ru')
  expect(effectOf(QUEUE, known)).toEqual([
    'Звонок зазвонит у того из 3 операторов, кто дольше всех свободен, на 15\u00a0с; не возьмёт — у следующего.',
    'Кто не взял трубку, больше не считается готовым.', 'Если за 3\u00a0мин никто не ответит, звонящий пойдёт дальше по сценарию.',
    'После разговора — до 1\u00a0мин на карточку «Заявка».', 'Обещано: 80\u202f% звонков принимают за 20\u00a0с.',
  ])
})

test('one operator, no card, no rule for missed calls', () => {
  setLanguage('en')
  expect(effectOf({ ...QUEUE, operators: ['anna'], card: null, missed_call_takes_out: false }, known).slice(0, 3)).toEqual([
    'The call rings at Анна, whenever free, for 15\u00a0s.', 'After 3\u00a0min in vain the caller goes on where the scenario says.', 'After the talk the operator is free at once.',
  ])
  expect(effectOf({ ...QUEUE, operators: [] }, known)).toEqual([])
})

test('whoever may not serve is named', () => {
  const roles = [{ thing: { id: 'operator', title: 'O', rights: ['serve' as const], projects: null } }, { thing: { id: 'user', title: 'U', rights: ['call' as const], projects: null } }]
  const user = (id: string, role: string, active = true) => ({ thing: { id, name: id, roles: [role], active } }) as never
  expect(withoutRight(['anna', 'gleb', 'boris', 'gone'], [user('anna', 'operator'), user('gleb', 'user'), user('boris', 'operator', false)], roles)).toEqual(['gleb', 'boris', 'gone'])
})
