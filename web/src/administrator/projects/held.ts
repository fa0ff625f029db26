import { type Kind, keyOf, type Thing, titleOf, useThings, type Versioned } from '../frame/things'

/** A project is always there by this key, configured or not. */
export const MAIN = 'main'

export interface Held {
  kind: Kind
  key: string
  title: string
}

const HOLDABLE = ['queue', 'card', 'scenario'] as const
type Holdable = (typeof HOLDABLE)[number]

/** What belongs to which project. */
export function heldBy(lists: { [K in Holdable]: readonly Versioned<Thing<K>>[] }): Map<string, Held[]> {
  const found = new Map<string, Held[]>()
  for (const kind of HOLDABLE) {
    for (const { thing } of lists[kind]) {
      const project = thing.project ?? MAIN
      found.set(project, [...(found.get(project) ?? []), { kind, key: keyOf(kind, thing), title: titleOf(kind, thing) }])
    }
  }
  return found
}

export function useHeld(): Map<string, Held[]> {
  const { data: queue = [] } = useThings('queue')
  const { data: card = [] } = useThings('card')
  const { data: scenario = [] } = useThings('scenario')
  return heldBy({ queue, card, scenario })
}
