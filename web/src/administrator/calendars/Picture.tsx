import { ActionIcon, Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, done, type Schemas } from '~/api/client'
import { Lamp } from '~/kit/Lamp'
import { DayField, TimeField } from '~/kit/when'
import { inLanguage, useLanguage } from '~/kit/words'
import { asHours } from '../changes/values'
import type { Thing } from '../frame/things'
import classes from './calendars.module.css'
import { capital, dayAndMonth, daysLater, momentIn, weekday } from './dayNames'
import { spanOf } from './hours'
import { useWords } from './words'

type Tried = Schemas['TriedOut']
type DayOut = Schemas['DayOut']
const PAUSE = 300
const AXIS = [0, 6, 12, 18, 24]

/** Whether it is open at a moment, why, and until when. */
function Answer({ tried, zone }: { tried: Tried; zone: string }) {
  const say = useWords()
  useLanguage()
  return (
    <>
      <Lamp state={tried.is_open ? 'ready' : 'away'} /> <b>{say(tried.is_open ? 'open' : 'is_closed')}</b>: {inLanguage(tried.why)}.{' '}
      {tried.changes === null ? say('never_changes') : say(tried.is_open ? 'closes' : 'opens', { moment: momentIn(zone, tried.changes, tried.at) })}
    </>
  )
}

/** The same for this very moment. */
export function AnswerNow({ calendar }: { calendar: Thing<'calendar'> }) {
  const say = useWords()
  const { data, error } = useTried(calendar, '')
  if (error || !data) return <>{error && say('mend_first')}</>
  return <>{say('now')}: <Answer tried={data} zone={calendar.zone ?? 'UTC'} /></>
}

/** What the server makes of a calendar, published or not, at a moment by its own clock; `at` empty is now. */
function useTried(calendar: Thing<'calendar'>, at: string) {
  const [asked] = useDebouncedValue({ calendar, at }, PAUSE)
  return useQuery({
    queryKey: ['calendar tried', asked],
    queryFn: () => done(api.POST('/api/calendars/-/try', { body: { calendar: { ...asked.calendar, id: 'tried', title: '-' }, at: asked.at || null } })),
    placeholderData: keepPreviousData, retry: false,
  })
}

/** The week as it will be, and an answer for any moment. */
export function Picture({ calendar }: { calendar: Thing<'calendar'> }) {
  const say = useWords()
  const [at, setAt] = useState('')
  const { data, error } = useTried(calendar, at)
  return (
    <section className={classes.picture}>
      <h2 className={classes.pictureTitle}>{say('picture')}</h2>
        <Test at={at} setAt={setAt} tried={error ? undefined : data} zone={calendar.zone ?? 'UTC'} />
        {error ? <p className={classes.hint}>{say('mend_first')}</p> : data && <>
          <Steps monday={data.week[0]?.day ?? ''} at={at || data.at.slice(0, 16)} setAt={setAt} />
          <WeekPicture week={data.week} now={data.at} />
          <SpecialDays days={data.special} />
        </>}
    </section>
  )
}

function Test({ at, setAt, tried, zone }: { at: string; setAt: (at: string) => void; tried: Tried | undefined; zone: string }) {
  const say = useWords()
  useLanguage()
  const shown = at || (tried?.at.slice(0, 16) ?? '')
  return (
    <div className={classes.test}>
      <DayField w={150} label={say('test')} aria-description={say('test_label')} value={shown.slice(0, 10)} onChange={(day) => day !== '' && setAt(`${day}T${shown.slice(11) || '12:00'}`)} />
      <TimeField w={78} aria-label={say('test_time')} value={shown.slice(11)} onChange={(time) => time !== '' && setAt(`${shown.slice(0, 10)}T${time}`)} />
      <Button variant="subtle" disabled={at === ''} onClick={() => setAt('')}>{say('now')}</Button>
      {tried && (
        <p className={classes.answer} role="status" data-testid="calendar-answer"><Answer tried={tried} zone={zone} /></p>
      )}
    </div>
  )
}

function Steps({ monday, at, setAt }: { monday: string; at: string; setAt: (at: string) => void }) {
  const say = useWords()
  useLanguage()
  const step = (days: number) => setAt(`${daysLater(at.slice(0, 10), days)}${at.slice(10)}`)
  return (
    <div className={classes.steps}>
      <ActionIcon variant="subtle" color="gray" aria-label={say('earlier')} onClick={() => step(-7)}><IconChevronLeft size={16} /></ActionIcon>
      <span className={classes.weekOf}>{say('week_of', { first: dayAndMonth(monday), last: dayAndMonth(daysLater(monday, 6)) })}</span>
      <ActionIcon variant="subtle" color="gray" aria-label={say('later')} onClick={() => step(7)}><IconChevronRight size={16} /></ActionIcon>
    </div>
  )
}

function WeekPicture({ week, now }: { week: readonly DayOut[]; now: string }) {
  const say = useWords()
  const today = now.slice(0, 10)
  const minute = Number(now.slice(11, 13)) * 60 + Number(now.slice(14, 16))
  return (
    <div className={classes.chart}>
      {week.map((day, at) => (
        <div key={day.day} className={classes.chartRow} data-kind={day.kind} data-today={day.day === today || undefined}>
          <span className={`num ${classes.chartDay}`}>{capital(weekday(at, 'short'))} {Number(day.day.slice(8))}</span>
          <span className={classes.bar} role="img" aria-label={say('day_chart', { day: weekday(at), hours: hoursInWords(day.hours, say('closed')) })}>
            {day.hours.map((one) => <Open key={`${one.begin} ${one.end}`} span={spanOf(one)} />)}
            {day.day === today && <i className={classes.now} style={{ left: `${(minute / 1440) * 100}%` }} />}
          </span>
          <span className={classes.chartWhy}>{why(day, say)}</span>
        </div>
      ))}
      <div className={classes.axis} aria-hidden><span>{AXIS.map((hour) => <i key={hour} className="num" style={{ left: `${(hour / 24) * 100}%` }}>{hour}</i>)}</span></div>
    </div>
  )
}

const Open = ({ span: [begin, end] }: { span: [number, number] }) => <i className={classes.open} style={{ left: `${(begin / 1440) * 100}%`, width: `${((end - begin) / 1440) * 100}%` }} />

const hoursInWords = (hours: readonly { begin: string; end: string }[], closed: string): string => (hours.length === 0 ? closed : hours.map(({ begin, end }) => asHours(begin, end)).join(', '))

function why(day: DayOut, say: ReturnType<typeof useWords>): string {
  const hours = hoursInWords(day.hours, say('closed'))
  if (day.kind === 'ordinary') return hours
  return day.kind === 'moved' ? `${hours}, ${say('by_moved', { name: inLanguage(day.name) })}` : `${hours}, ${inLanguage(day.name)}`
}

function SpecialDays({ days }: { days: readonly DayOut[] }) {
  const say = useWords()
  useLanguage()
  if (days.length === 0) return <p className={classes.hint}>{say('none_special')}</p>
  return (
    <details className={classes.special}>
      <summary>{say('special', { count: days.length })}</summary>
      <ul>{days.map((day) => <li key={day.day}><span className="num">{dayAndMonth(day.day)}</span> {why(day, say)}</li>)}</ul>
    </details>
  )
}
