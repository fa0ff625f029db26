import { useInfiniteQuery } from '@tanstack/react-query'
import { api, done, type Schemas } from '~/api/client'
import { useFreshOn } from '~/api/feed'
import type { Names } from '~/api/names'
import { asPhone } from '~/kit/numbers'

export type Line = Schemas['CallOut']

const KEY = ['own calls']
const A_PAGE = 40

/** One's own calls, the newest first, page by page. */
export function useOwnCalls(user: string) {
  useFreshOn(KEY, ({ fact }) => fact.kind === 'CallEnded' || fact.kind === 'TalkBegan' || fact.kind === 'CallPlaced' || fact.kind === 'LegRung')
  return useInfiniteQuery({
    queryKey: KEY, initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => done(api.GET('/api/calls', { params: { query: { user, most: A_PAGE, ...(pageParam && { before: pageParam }) } } })),
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

/** One's own part in it: who is on the other side, how to call them back, and whether it was missed. */
export interface Own {
  outgoing: boolean
  missed: boolean
  title: string
  /** Shown small beside the name, and dialled to call back; empty where nobody can be called back. */
  number: string
}

export function ownPart(line: Line, me: string, names: Names): Own {
  const outgoing = line.user === me
  const missed = !outgoing && line.ended !== null && line.missed_by.includes(me)
  if (outgoing) {
    const whom = line.direction === 'outbound' ? null : line.operator ?? line.rung
    return { outgoing, missed, title: whom ? names.user(whom) : line.name || asPhone(line.number) || line.dialled, number: whom ? line.dialled : line.number || line.dialled }
  }
  const title = line.user ? names.user(line.user) : line.name || asPhone(line.number)
  return { outgoing, missed, title, number: line.number }
}
