import { Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, done, type Schemas } from '~/api/client'
import { Lamp } from '~/kit/Lamp'
import { RefusalNote } from '~/kit/refusals'
import { useTrade } from '~/kit/trade'
import { useNaming } from '../changes/Changes'
import { Pick } from '../frame/fields'
import { testKey } from '../frame/things'
import { Considered } from '../routes/Considered'
import classes from '../routes/routes.module.css'
import { useWords } from './words'

interface Asked {
  direction: Schemas['Direction']
  number: string
  user: string | null
  queue: string | null
}

/** Whether a talk like this would be recorded, and by which rule. */
export function RecordingTest({ titled = false, note }: { titled?: boolean; note?: string }) {
  const say = useWords()
  const trade = useTrade()
  const [asked, setAsked] = useState<Asked>({ direction: 'inbound', number: '', user: null, queue: null })
  const set = (part: Partial<Asked>) => setAsked({ ...asked, ...part })
  return (
    <div className={titled ? classes.page : classes.box}>
      {titled && <h1 className={classes.title}>{say('test_title')}</h1>}
      <p className={classes.quiet}>{note ?? say('test_text')}</p>
      <div className={classes.call}>
        <Select label={say('direction')} allowDeselect={false} data={(['inbound', 'outbound', 'internal'] as const).map((value) => ({ value, label: trade.direction(value) }))}
          value={asked.direction} onChange={(direction) => set({ direction: direction as Asked['direction'] })} />
        <TextInput label={say('number')} className="num" inputMode="tel" value={asked.number} onChange={(event) => set({ number: event.currentTarget.value })} />
        <Pick kind="user" clearable label={say('user')} nothing={say('nobody')} value={asked.user} onChange={(user: string | null) => set({ user })} />
        <Pick kind="queue" clearable label={say('queue')} nothing={say('no_queue')} value={asked.queue} onChange={(queue: string | null) => set({ queue })} />
      </div>
      <Outcome asked={asked} />
    </div>
  )
}

function Outcome({ asked }: { asked: Asked }) {
  const [settled] = useDebouncedValue(asked, 200)
  const { direction, number, user, queue } = settled
  const tested = useQuery({
    queryKey: testKey('recording', direction, number, user, queue), placeholderData: keepPreviousData, retry: false,
    queryFn: () => done(api.GET('/api/recording-rules/-/test', { params: { query: { direction, number: number.trim(), ...(user && { user }), ...(queue && { queue }) } } })),
  })
  if (tested.error) return <RefusalNote why={tested.error} />
  return tested.data ? <Answer tested={tested.data} /> : null
}

function Answer({ tested }: { tested: Schemas['TestedRecording'] }) {
  const say = useWords()
  const naming = useNaming()
  const { record, share, announcement, format, kept_days: days, considered } = tested
  const title = considered.find((one) => one.matched)?.title ?? ''
  const outcome = record === null ? say('by_place') : !record ? say('no', { title }) : share !== null && share < 100 ? say('yes_share', { title, share }) : say('yes', { title })
  return (
    <div className={classes.answer} role="status">
      <p className={classes.outcome}><Lamp state={record ? 'ready' : 'off'} size={11} /><span>{outcome}</span></p>
      {record && <p className={classes.quiet}>{announcement ? say('announced', { prompt: naming('prompt', announcement) }) : say('not_announced')} {say('kept', { format: format?.toUpperCase() ?? '', count: Math.round(days ?? 0) })}</p>}
      <Considered title={say('considered')} fits={say('fits')} considered={considered.map(({ rule, ...one }) => ({ ...one, route: rule }))} />
    </div>
  )
}
