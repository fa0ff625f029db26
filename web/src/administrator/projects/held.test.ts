import { expect, test } from 'vitest'
import { heldBy } from './held'

test('what names no project belongs to the main one', () => {
  const one = (id: string, project?: string) => ({ version: 1, thing: { id, title: id.toUpperCase(), project } }) as never
  const held = heldBy({ queue: [one('sales', 'shop'), one('service')], card: [one('order', 'shop')], scenario: [] })
  expect(held.get('shop')?.map(({ kind, title }) => `${kind} ${title}`)).toEqual(['queue SALES', 'card ORDER'])
  expect(held.get('main')?.map(({ key }) => key)).toEqual(['service'])
})
