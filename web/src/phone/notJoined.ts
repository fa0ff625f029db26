import { useFacts } from '~/api/feed'
import { useNames } from '~/api/names'
import type { Schemas } from '~/api/client'
import { useMe } from '~/api/session'
import { tell } from '~/kit/refusals'
import { say } from './words'

type Fact = Schemas['Fact']

/** Why one's own wish to pick up, or to fetch, was not granted; undefined: the fact tells of something else. */
export function whyNotJoined(fact: Fact, me: string, nameOf: (user: string) => string): string | undefined {
  if (fact.kind !== 'NotJoined' || fact.by !== me) return undefined
  return fact.taken_by ? say('taken_by', { name: nameOf(fact.taken_by) }) : say('nothing_there')
}

/** Whoever was slower hears of it: their call ends by itself. */
export function useNotJoined(): void {
  const me = useMe()
  const names = useNames()
  useFacts(({ fact }) => {
    const why = whyNotJoined(fact, me.user, names.user)
    if (why !== undefined) tell(why, 'warn')
  })
}
