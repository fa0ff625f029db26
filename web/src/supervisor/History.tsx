import { Button, Loader, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { useNames } from '~/api/names'
import { may, useMe } from '~/api/session'
import { RefusalNote } from '~/kit/refusals'
import { EmptyState, KeyHint } from '~/kit/small'
import { FilterBar } from './history/FilterBar'
import { addressOf, type Filters, filtersOf, isAnySet } from './history/filters'
import classes from './history/history.module.css'
import { Rows } from './history/Rows'
import { useHistory } from './history/useHistory'
import { useWords } from './history/words'

/** Calls, the newest first: found by anything, read without end, each opens its story. */
export function History() {
  const say = useWords()
  const me = useMe()
  const names = useNames()
  const [filters, change, clear] = useFilters()
  const calls = useHistory(filters)
  const sheet = useRef<HTMLDivElement>(null)
  const showNews = () => {
    calls.fromTheTop()
    sheet.current?.scrollTo({ top: 0 })
  }
  return (
    <div className={classes.page}>
      <VisuallyHidden component="h1">{say(may(me, 'see_calls') ? 'title' : 'own_title')}</VisuallyHidden>
      <FilterBar filters={filters} change={change} clear={clear} names={names} />
      {calls.news && <UnstyledButton className={classes.news} onClick={showNews}>{say('new_calls')}</UnstyledButton>}
      <div className={classes.sheet} ref={sheet}>
        <RefusalNote why={calls.error} />
        {calls.items.length > 0 && <Rows calls={calls.items} names={names} />}
        {calls.isSuccess && calls.items.length === 0 && !calls.hasNextPage && <Nothing filtered={isAnySet(filters)} clear={clear} />}
        {(calls.isPending || (calls.items.length === 0 && calls.isFetchingNextPage)) && <Loader m="lg" size="sm" color="var(--ink3)" />}
        <Further more={calls.hasNextPage} busy={calls.isFetchingNextPage} ask={() => void calls.fetchNextPage()} shown={calls.items.length} pages={calls.data?.pages.length ?? 0} root={sheet} />
      </div>
      <div className={classes.foot}><KeyHint>↑</KeyHint><KeyHint>↓</KeyHint> {say('keys')} <KeyHint>Enter</KeyHint> {say('keys_open')}</div>
    </div>
  )
}

function useFilters(): [Filters, (changed: Partial<Filters>) => void, () => void] {
  const [address, setAddress] = useSearchParams()
  const filters = useMemo(() => filtersOf(address), [address])
  const change = useCallback(
    (changed: Partial<Filters>) => setAddress((now) => addressOf({ ...filtersOf(now), ...changed }), { replace: true }),
    [setAddress],
  )
  const clear = useCallback(() => setAddress(new URLSearchParams(), { replace: true }), [setAddress])
  return [filters, change, clear]
}

function Nothing({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  const say = useWords()
  const me = useMe()
  if (filtered) return <EmptyState title={say('nothing')} action={<Button onClick={clear}>{say('clear')}</Button>}>{say('nothing_text')}</EmptyState>
  return <EmptyState title={say('none')}>{say(may(me, 'see_calls') ? 'none_text' : 'none_own_text')}</EmptyState>
}

interface Further {
  more: boolean
  busy: boolean
  ask: () => void
  shown: number
  /** How many were read; one may hold nothing that fits, with more behind it. */
  pages: number
  root: React.RefObject<HTMLDivElement | null>
}

/** The next page comes when the end comes into sight; by the button for those who don't scroll. */
function Further({ more, busy, ask, shown, pages, root }: Further) {
  const say = useWords()
  const { ref, entry } = useIntersection({ root: root.current, rootMargin: '400px' })
  const near = entry?.isIntersecting ?? false
  useEffect(() => {
    if (near && more && !busy) ask()
  }, [near, more, busy, ask, pages])
  if (shown === 0 && !more) return null
  return <div ref={ref} className={classes.further}>{more ? <Button size="compact-sm" loading={busy} onClick={ask}>{say('more')}</Button> : say('the_end')}</div>
}
