import { expect, test } from 'vitest'
import { heardIn, usesOf } from './heard'

test('a caller hears their language, else the company’s, else any, else the built-in sound', () => {
  expect(heardIn('en', { files: { ru: 'a', en: 'b' }, builtin: null }, 'ru')).toEqual({ what: 'recording', in: 'en' })
  expect(heardIn('en', { files: { ru: 'a' }, builtin: 'beep' }, 'en')).toEqual({ what: 'recording', in: 'ru' })
  expect(heardIn('en', { files: {}, builtin: 'beep' }, 'ru')).toEqual({ what: 'builtin', name: 'beep' })
  expect(heardIn('ru', { files: {}, builtin: null }, 'ru')).toEqual({ what: 'nothing' })
})

test('a prompt is used where a component that names prompts names it', () => {
  const components = [{ kind: 'play', parameters: [{ key: 'prompts', names: 'prompt' }] }, { kind: 'menu', parameters: [{ key: 'prompt', names: 'prompt' }, { key: 'variable', names: null }] }]
  const nodes = { a: { kind: 'play', params: { prompts: ['hello', 'bye'] } }, b: { kind: 'menu', params: { prompt: 'hello', variable: 'bye2' } }, c: { kind: 'hang_up' } }
  const found = usesOf([{ id: 'main', title: 'Main', graph: { nodes } }, { id: 'night', title: 'Night', graph: { nodes: { a: nodes.b } } }], components)
  expect(found.get('hello')?.map(({ title }) => title)).toEqual(['Main', 'Night'])
  expect([...found.keys()]).toEqual(['hello', 'bye'])
})
