import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { api, done } from '~/api/client'
import { useFacts } from '~/api/feed'
import type { Kind } from '../telling/facts'
import { type Filters, queryOf } from './filters'

const PAGE = 60
const FRESH_EVERY = 1000
/** Facts that change a line of the history. */
const CHANGES: ReadonlySet<Kind> = new Set([
  'CallArrived', 'CallPlaced', 'QueueEntered', 'QueueLeft', 'OperatorConnected', 'TalkBegan', 'TalkEnded', 'RecordingBegan', 'CallEnded', 'CallWhileAway', 'CallAdopted',
])

/** The history page by page, the newest first. While only its first page is seen it is kept fresh; later on news is told. */
export function useHistory(filters: Filters) {
  const queries = useQueryClient()
  // "Today" is the day at which the page was asked for; a page that stays open over midnight asks anew with each fresh look.
  const key = useMemo(() => ['calls', filters] as const, [filters])
  const calls = useInfiniteQuery({
    queryKey: key, initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => done(api.GET('/api/calls', { params: { query: { ...queryOf(filters, new Date()), most: PAGE, ...(pageParam && { before: pageParam }) } } })),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const deep = (calls.data?.pages.length ?? 0) > 1
  const news = useNews(deep, () => void queries.invalidateQueries({ queryKey: key }))
  const fromTheTop = () => void queries.resetQueries({ queryKey: key })
  return { ...calls, items: useMemo(() => calls.data?.pages.flatMap((page) => page.items) ?? [], [calls.data]), news, fromTheTop }
}

/** Whether something was told that the shown pages lack; where the first page alone is shown it is asked for anew instead. */
function useNews(deep: boolean, fresh: () => void): boolean {
  const [news, setNews] = useState(false)
  const due = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useFacts(({ fact }) => {
    if (!CHANGES.has(fact.kind)) return
    if (deep) return setNews(fact.kind === 'CallArrived' || news)
    due.current ??= setTimeout(() => {
      due.current = undefined
      fresh()
    }, FRESH_EVERY)
  })
  useEffect(() => () => clearTimeout(due.current), [])
  useEffect(() => setNews(false), [deep])
  return news
}
