import { Loader } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment, useEffect, useMemo, useRef, useState } from 'react'
import { api, done, type Schemas } from '~/api/client'
import { useFreshOn } from '~/api/feed'
import { RefusalNote } from '~/kit/refusals'
import { EmptyState } from '~/kit/small'
import { language, useLanguage } from '~/kit/words'
import frame from '../frame/frame.module.css'
import { AuditLine, type One } from './AuditLine'
import classes from './audit.module.css'
import { Filters, type Wanted, WITH_SIGN_INS } from './Filters'
import { borders } from './span'
import { useWords } from './words'

type Line = Schemas['AuditLine']
const PAGE = 50

/** Who changed what, the newest first, for as long as one scrolls. */
export function Audit() {
  const say = useWords()
  const [wanted, setWanted] = useState<Wanted>({ kind: null, by: null, key: null, span: 'week', first: '', last: '' })
  return (
    <div className={frame.pane}>
      <header className={frame.head}><h1 className={frame.title}>{say('name')}</h1><span className={classes.about}>{say('hint')}</span></header>
      <Filters wanted={wanted} change={(part) => setWanted({ ...wanted, ...part })} />
      <Lines wanted={wanted} only={({ kind, key }) => setWanted({ ...wanted, kind, key, span: 'ever' })} />
    </div>
  )
}

function useLines({ kind, by, key, span, first, last }: Wanted) {
  const time = useMemo(() => borders(span, first, last, new Date()), [span, first, last])
  const asked = { ...(kind === null ? { but_kind: 'session' } : kind === WITH_SIGN_INS ? {} : { kind }), by, key, ...time }
  const queryKey = ['audit', asked]
  useFreshOn(['audit'], (kept) => kept.fact.kind === 'SetupPublished')
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => done(api.GET('/api/audit', { params: { query: { ...asked, before: pageParam, most: PAGE } } })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page: Line[]) => (page.length < PAGE ? undefined : page.at(-1)?.number),
  })
}

function Lines({ wanted, only }: { wanted: Wanted; only: (one: One) => void }) {
  const say = useWords()
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useLines(wanted)
  const lines = data?.pages.flat() ?? []
  if (error) return <RefusalNote why={error} />
  if (!data) return <div className={frame.whole}><Loader size="sm" color="var(--ink3)" /></div>
  if (lines.length === 0) return <EmptyState title={say('nothing')}>{say('nothing_text')}</EmptyState>
  return (
    <div className={classes.lines}>
      {lines.map((line, at) => (
        <Fragment key={line.number}>
          <Day at={line.at} before={lines[at - 1]?.at} />
          <AuditLine line={line} only={only} />
        </Fragment>
      ))}
      {hasNextPage ? <Older busy={isFetchingNextPage} more={() => void fetchNextPage()} /> : <p className={classes.begin}>{say('begin')}</p>}
    </div>
  )
}

function Day({ at, before }: { at: string; before: string | undefined }) {
  useLanguage()
  const day = (iso: string) => new Date(iso).toLocaleDateString(language() === 'ru' ? 'ru-RU' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  if (before !== undefined && day(before) === day(at)) return null
  return <h2 className={classes.day}>{day(at)}</h2>
}

/** Comes into view, and the next page is asked for. */
function Older({ busy, more }: { busy: boolean; more: () => void }) {
  const seen = useRef<HTMLDivElement>(null)
  const latest = useRef(more)
  latest.current = more
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), { rootMargin: '400px' })
    if (seen.current) watch.observe(seen.current)
    return () => watch.disconnect()
  }, [busy])
  return <div ref={seen} className={classes.older}>{busy && <Loader size="sm" color="var(--ink3)" />}</div>
}
