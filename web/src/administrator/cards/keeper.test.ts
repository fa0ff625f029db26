import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refused } from '~/api/problem'
import type { Card } from './card'
import type { Draft } from './drafts'
import { DraftKeeper, type Kept } from './keeper'

const card = (title: string): Card => ({ id: 'c', title, project: 'main', script: '', fields: [], dispositions: [], disposition_required: false })
const draft = (body: Card, edit: number): Draft => ({ body: body as never, edit, based_on: 1, at: '2026-11-26T00:00:00Z', by: 'anna' })
const stale = () => new Refused({ code: 'version.stale', en: 'No.', ru: 'Нет.', facts: {}, fields: [] }, 409)

function world(first: Draft | null = null) {
  let edit = first?.edit ?? 0
  const doors = {
    get: vi.fn(async () => draft(card('theirs'), edit)),
    save: vi.fn(async (_: string, body: Card, seen: number | null) => {
      if (seen !== null && seen !== edit) throw stale()
      return draft(body, (edit += 1))
    }),
    discard: vi.fn(), publish: vi.fn(),
    check: vi.fn(async () => ({ faults: [{ field: 'title', en: 'Too short', ru: 'Коротко' }] })),
  }
  const shown: Kept[] = []
  const keeper = new DraftKeeper('c', first, doors as never, (kept) => shown.push(kept), () => 5)
  return { doors, keeper, shown, last: () => shown.at(-1), rival: () => { edit += 1 } }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a pause in typing saves the last of it, once, and asks what is wrong', async () => {
  const { doors, keeper, last } = world()
  keeper.take(card('a'))
  keeper.take(card('ab'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(doors.save.mock.calls.map(([, body, seen]) => [body.title, seen])).toEqual([['ab', null]])
  expect(last()?.saving).toEqual({ state: 'saved', at: 5 })
  expect(Object.keys(last()?.faults.at ?? {})).toEqual(['title'])
})

test('each save grows from the one before, and what lies on disk is not saved again', async () => {
  const { doors, keeper } = world(draft(card('old'), 4))
  keeper.take(card('old'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(doors.save).not.toHaveBeenCalled()
  keeper.take(card('new'))
  await keeper.flush()
  keeper.take(card('newer'))
  await keeper.flush()
  expect(doors.save.mock.calls.map(([, , seen]) => seen)).toEqual([4, 5])
})

test('what somebody else saved is not overwritten until it is decided whose it is', async () => {
  const { doors, keeper, last, rival } = world(draft(card('old'), 4))
  rival()
  keeper.take(card('mine'))
  await keeper.flush()
  expect(last()?.rival).toBe(true)
  keeper.take(card('mine too'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(doors.save).toHaveBeenCalledTimes(1)
  await keeper.keepMine(card('mine too'))
  expect(doors.save.mock.calls.at(-1)?.slice(1)).toEqual([card('mine too'), null])
  expect(last()).toMatchObject({ rival: false, saving: { state: 'saved' } })
})

test('theirs is taken as it lies on disk', async () => {
  const { keeper, last, rival } = world(draft(card('old'), 4))
  rival()
  keeper.take(card('mine'))
  await keeper.flush()
  expect((await keeper.takeTheirs())?.body).toMatchObject({ title: 'theirs' })
  expect(last()?.rival).toBe(false)
})

test('a save that could not be sent is tried again with the next one', async () => {
  const { doors, keeper, last } = world()
  doors.save.mockRejectedValueOnce(new TypeError('network'))
  keeper.take(card('a'))
  await keeper.flush()
  expect(last()?.saving.state).toBe('failed')
  await keeper.flush()
  expect(last()?.saving.state).toBe('saved')
})

test('what is taken back before it was saved is not saved, and what is taken back while it is being saved is', async () => {
  const { doors, keeper } = world(draft(card('old'), 4))
  keeper.take(card('new'))
  keeper.take(card('old'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(doors.save).not.toHaveBeenCalled()
  keeper.take(card('new'))
  const saving = keeper.flush()
  await Promise.resolve()
  keeper.take(card('old'))
  await saving
  await vi.advanceTimersByTimeAsync(1000)
  expect(doors.save.mock.calls.map(([, body]) => body.title)).toEqual(['new', 'old'])
})
