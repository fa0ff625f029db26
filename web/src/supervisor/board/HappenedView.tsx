import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { api, done } from '~/api/client'
import { type Kept, useFreshOn } from '~/api/feed'
import { useNames } from '~/api/names'
import { Lamp } from '~/kit/Lamp'
import { asMoment, asTimer } from '~/kit/times'
import { dispositionLamp, useTrade } from '~/kit/trade'
import { lineOf } from '../telling/lines'
import { atLarge, callerOf } from '../telling/telling'
import classes from './board.module.css'
import { useWords } from './words'

/** News in words, the latest first. */
export function HappenedView({ news }: { news: readonly Kept[] }) {
  const say = useWords()
  const names = useNames()
  const trade = useTrade()
  const about = useMemo(() => atLarge(names, trade), [names, trade])
  if (news.length === 0) return <p className={classes.none}>{say('nothing_happened')}</p>
  return (
    <ol className={classes.list}>
      {news.map(({ seq, at, story, fact }) => {
        const { lamp, text, aside } = lineOf(fact, about)
        const inside = <><time className="num">{asMoment(at)}</time><Lamp state={lamp} /><span>{text}</span>{aside && <small className="num">{aside}</small>}</>
        const call = 'call' in fact ? fact.call : null
        return <li key={seq}>{story && call ? <Link to={`/calls/${call}`} className={classes.news}>{inside}</Link> : <div className={classes.news}>{inside}</div>}</li>
      })}
    </ol>
  )
}

const LATEST = ['calls', 'latest']

/** The last calls that ended, for screens with room. */
export function Latest() {
  const names = useNames()
  const trade = useTrade()
  const calls = useQuery({ queryKey: LATEST, queryFn: () => done(api.GET('/api/calls', { params: { query: { living: false, most: 12 } } })) })
  useFreshOn(LATEST, ({ fact }) => fact.kind === 'CallEnded')
  return (
    <ol className={classes.list}>
      {calls.data?.items.map((call) => (
        <li key={call.id}>
          <Link to={`/calls/${call.id}`} className={clsx(classes.news, classes.latest)}>
            <time className="num">{asMoment(call.began)}</time><Lamp state={dispositionLamp(call.disposition)} />
            <span>{callerOf(call, names)}{call.operator && call.operator !== call.user && ` · ${names.user(call.operator)}`}</span>
            <small className="num">{call.disposition && trade.disposition(call.disposition)}{call.talked > 0 && `, ${asTimer(call.talked)}`}</small>
          </Link>
        </li>
      ))}
    </ol>
  )
}
