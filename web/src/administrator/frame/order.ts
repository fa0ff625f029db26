import { reordered } from './lists'
import type { Versioned } from './things'

export interface Ordered {
  id: string
  order?: number
}

const STEP = 10
const at = (thing: Ordered): number => thing.order ?? 100

/** As the server looks at them: by order, then by key. */
export const inOrder = <T extends Ordered>(list: readonly Versioned<T>[]): Versioned<T>[] =>
  [...list].sort((a, b) => at(a.thing) - at(b.thing) || (a.thing.id < b.thing.id ? -1 : 1))

/** What has to be published so that one comes to another place; only what changes. */
export function movedTo<T extends Ordered>(list: readonly Versioned<T>[], from: number, to: number): Versioned<T>[] {
  return reordered(list, from, to)
    .map((one, place) => ({ ...one, thing: { ...one.thing, order: (place + 1) * STEP } }))
    .filter(({ thing }) => list.find((old) => old.thing.id === thing.id)?.thing.order !== thing.order)
}

/** The order of a new one: last, but before those that take everything. */
export function orderOfNew<T extends Ordered>(list: readonly Versioned<T>[], takesAll: (thing: T) => boolean): number {
  const sorted = inOrder(list)
  const place = sorted.findIndex(({ thing }) => takesAll(thing))
  const [before, next] = place < 0 ? [sorted.at(-1), undefined] : [sorted[place - 1], sorted[place]]
  if (!next) return before ? at(before.thing) + STEP : STEP
  const below = before ? at(before.thing) : at(next.thing) - 2 * STEP
  return below + Math.min(STEP, Math.ceil((at(next.thing) - below) / 2))
}

/** Those that go further down, because a new one takes the place of one of them. */
export function givingWay<T extends Ordered>(list: readonly Versioned<T>[], fresh: Ordered): Versioned<T>[] {
  if (!list.some(({ thing }) => at(thing) === at(fresh))) return []
  return list.filter(({ thing }) => at(thing) >= at(fresh)).map((one) => ({ ...one, thing: { ...one.thing, order: at(one.thing) + STEP } }))
}
