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
  const catchAll = sorted.find(({ thing }) => takesAll(thing))
  if (catchAll) return at(catchAll.thing) - 1
  const last = sorted.at(-1)
  return last ? at(last.thing) + STEP : STEP
}
