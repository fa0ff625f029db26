import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { api, done } from '~/api/client'
import { asNumber } from '~/kit/times'
import { useLanguage } from '~/kit/words'
import { useZones } from '../company/places'
import { Effect, Heading, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { useWords as useFrameWords } from '../frame/words.frame'
import { Exceptions } from './Exceptions'
import { faultsInCalendar, hoursAWeek, WEEKDAYS } from './hours'
import { AnswerNow, Picture } from './Picture'
import { WeekField } from './WeekField'
import { useWords } from './words'

export function Calendars() {
  const say = useWords()
  const { data: company, isPending } = useThings('company')
  const home = company?.[0]?.thing
  const section = useMemo<Section<'calendar'>>(() => ({
    kind: 'calendar', ready: !isPending, // a new calendar begins with what is usual in the company
    name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: ({ title, week }) => ({ title, detail: say('hours_a_week', { hours: asNumber(hoursAWeek(week ?? {})) }) }),
    blank: (taken) => ({
      id: keyFrom('', taken, 'calendar'), title: '', zone: home?.zone ?? 'Europe/Moscow', holidays_of: home?.country ?? null, exceptions: [],
      week: Object.fromEntries(WEEKDAYS.map((day) => [day, [{ begin: '09:00', end: '18:00' }]])),
    }),
    check: ({ week, exceptions }) => faultsInCalendar(week ?? {}, exceptions ?? [], say),
    Form, Beside: ({ form }) => <Picture calendar={form.value} />,
  }), [say, home, isPending])
  return <ThingsPage section={section} />
}

function Form({ form }: { form: ThingForm<'calendar'> }) {
  const say = useWords()
  const zones = useZones(form.value.zone)
  const { onChange, ...zone } = form.field('zone')
  return (
    <>
      <TextInput {...form.text('title')} autoFocus={form.isNew} />
      <Select<string> searchable data={zones} {...zone} onChange={(chosen) => onChange(chosen as never)} />
      <Holidays form={form} />
      <Effect><AnswerNow calendar={form.value} /> {!form.isNew && <UsedBy calendar={form.value.id} />}</Effect>
      <Heading>{say('week')}</Heading>
      <Wide><WeekField form={form} /></Wide>
      <Heading>{say('exceptions')}</Heading>
      <Wide><Exceptions form={form} /></Wide>
    </>
  )
}

function Holidays({ form }: { form: ThingForm<'calendar'> }) {
  const say = useWords()
  const language = useLanguage()
  const { data: codes = [] } = useQuery({ queryKey: ['countries'], queryFn: () => done(api.GET('/api/calendars/-/countries')), staleTime: Infinity })
  const data = useMemo(() => {
    const names = new Intl.DisplayNames([language], { type: 'region' })
    return codes.map((code) => ({ value: code, label: names.of(code) ?? code })).sort((a, b) => a.label.localeCompare(b.label, language))
  }, [codes, language])
  const { onChange, ...field } = form.field('holidays_of')
  return <Select<string> searchable clearable data={data} placeholder={say('no_holidays')} description={say('holidays_hint')} {...field} onChange={(chosen) => onChange(chosen as never)} />
}

function UsedBy({ calendar }: { calendar: string }) {
  const say = useWords()
  const kinds = useFrameWords()
  const { data: routes = [] } = useThings('route')
  const users = routes.filter(({ thing }) => thing.calendar === calendar)
  if (users.length === 0) return <>{say('unused')}</>
  return <>{say('used_by')} {users.map(({ thing }, at) => <span key={thing.id}>{at > 0 && ', '}<Link to={pathOf('route', thing.id)}>{kinds('kind_route')} {thing.title}</Link></span>)}.</>
}
