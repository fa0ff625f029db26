import { Button, Checkbox, Radio, SegmentedControl, Select, Switch, Textarea, TextInput, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Schemas } from '~/api/client'
import { CardForm, type Values } from './card/CardForm'
import { CardScript } from './card/CardScript'
import { Dispositions } from './card/Dispositions'
import { LostBanner } from './ConnectionBanner'
import classes from './kit.module.css'
import { Lamp, type LampState } from './Lamp'
import { LanguageChoice } from './choices'
import { asPhone } from './numbers'
import { Note, tell } from './refusals'
import { Ribbon } from './Ribbon'
import { SavedMark } from './SavedMark'
import { EmptyState, KeyHint, Mark, SectionTitle, Why } from './small'
import { Spark } from './Spark'
import { asGap, asLongMoment, asMoment, asNumber, asShare, asTimer } from './times'
import { Timer } from './Timer'
import { dispositionLamp, STATUS_LAMP, STATUSES, SYSTEM_DISPOSITIONS, useTrade } from './trade'
import { DayField, TimeField } from './when'
import { useWords } from './words.page'

/** Every part of the kit on one page, for whoever builds pages and for the tests that look at them. */
export function KitPage() {
  const say = useWords()
  return (
    <main className={classes.kit}>
      <header className={classes.kitTop}>
        <Mark /><h1>{say('title')}</h1><p>{say('about')}</p>
        <div className={classes.kitChoices}><LanguageChoice /><SchemeChoice /></div>
      </header>
      <div className={classes.kitParts}>
        <Colours /><Type /><States /><Results /><Times /><OverTime /><Buttons /><Small /><Fields /><Notes /><Tables /><Filling /><Empty /><Banner />
      </div>
    </main>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return <section className={classes.kitPart}><SectionTitle>{title}</SectionTitle>{children}</section>
}

function SchemeChoice() {
  const say = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme()
  return (
    <SegmentedControl size="xs" aria-label={say('appearance')} value={scheme} onChange={(chosen) => setColorScheme(chosen as 'light' | 'dark')}
      data={[{ value: 'light', label: say('light') }, { value: 'dark', label: say('dark') }]} />
  )
}

const COLOURS = ['ground', 'sheet', 'raised', 'ink', 'ink2', 'ink3', 'line', 'line2', 'ctl', 'ready', 'ready-text', 'ready-tint', 'talk', 'talk-tint', 'warn', 'warn-text', 'warn-tint', 'bad', 'bad-tint', 'away']

function Colours() {
  const say = useWords()
  return (
    <Part title={say('colours')}>
      <div className={classes.kitSwatches}>{COLOURS.map((name) => <span key={name}><i style={{ background: `var(--${name})` }} />{name}</span>)}</div>
    </Part>
  )
}

const SIZES = [44, 20, 19, 16, 14, 13, 12, 11.5, 10.5]

function Type() {
  const say = useWords()
  return (
    <Part title={say('type')}>
      {SIZES.map((size) => <div key={size} className="num" style={{ fontSize: size, lineHeight: 1.25 }}>{size} · {asTimer(127)} · {asPhone('+79161234567')}</div>)}
    </Part>
  )
}

const OTHER_LAMPS: readonly LampState[] = ['hold', 'warn', 'bad', 'off']

function States() {
  const say = useWords()
  const trade = useTrade()
  return (
    <Part title={say('states')}>
      <div className={classes.kitLamps}>
        {STATUSES.map((status) => <span key={status}><Lamp state={STATUS_LAMP[status]} />{trade.status(status)}</span>)}
        {OTHER_LAMPS.map((state) => <span key={state}><Lamp state={state} />{state}</span>)}
      </div>
    </Part>
  )
}

function Results() {
  const say = useWords()
  const trade = useTrade()
  return (
    <Part title={say('dispositions')}>
      <div className={classes.kitLamps}>{SYSTEM_DISPOSITIONS.map((key) => <span key={key}><Lamp state={dispositionLamp(key)} />{trade.disposition(key)}</span>)}</div>
    </Part>
  )
}

/** Fixed moments, so that pictures of the page are the same each time. */
const LONG_AGO = '2024-11-12T14:24:53Z'

function Times() {
  const say = useWords()
  return (
    <Part title={say('time')}>
      <div className="num">{asTimer(42)} · {asTimer(725)} · {asTimer(3723)} · {asGap(1.24)}</div>
      <div className="num">{asMoment(LONG_AGO)}</div>
      <div className="num">{asLongMoment(LONG_AGO)}</div>
      <div className="num">{asShare(0.874)} · {asShare(0.0214, 1)} · {asShare(null)} · {asNumber(12840)}</div>
      <div><Timer since={new Date(Date.now() + 3_600_000).toISOString()} /></div>
    </Part>
  )
}

function OverTime() {
  const say = useWords()
  return (
    <Part title={say('figures')}>
      <Spark values={[1, 2, 1, 0, 1, 2, 3, 2, 3, 5, 4, 6, 7]} top={7} norm={3} broken label={say('sales')} width={160} />
      <Spark values={[1, 0, 2, 1, 1, 0, 1, 2, 1, 0, 1, 1, 1]} top={7} norm={3} label={say('service')} width={160} />
      <Ribbon label={say('figures')} parts={[['nothing', 60], ['ready', 120], ['talking', 200], ['busy', 40], ['talking', 120], ['away', 60]]} />
    </Part>
  )
}

function Buttons() {
  const say = useWords()
  return (
    <Part title={say('buttons')}>
      <div className={classes.kitRow}>
        <Button variant="filled">{say('primary')}</Button><Button>{say('usual')}</Button><Button variant="subtle" color="gray">{say('quiet')}</Button>
        <Button loading>{say('waiting')}</Button><Button disabled>{say('forbidden')}</Button>
        <Button size="compact-sm">{say('usual')}</Button>
      </div>
    </Part>
  )
}

function Small() {
  const say = useWords()
  return (
    <Part title={say('small')}>
      <div className={classes.kitRow}><KeyHint>Ctrl K</KeyHint><KeyHint>Alt H</KeyHint><span>{asShare(0.61)}<Why>{say('why')}</Why></span></div>
      <div className={classes.kitRow}>
        <SavedMark saving={{ state: 'saving' }} /><SavedMark saving={{ state: 'saved', at: Date.now() + 3_600_000 }} /><SavedMark saving={{ state: 'failed', why: say('name_fault') }} />
      </div>
    </Part>
  )
}

function Fields() {
  const say = useWords()
  const trade = useTrade()
  const [day, setDay] = useState('2026-11-24')
  const [time, setTime] = useState('09:30')
  const choices = [{ value: 'inbound', label: trade.direction('inbound') }, { value: 'outbound', label: trade.direction('outbound') }]
  return (
    <Part title={say('fields')}>
      <div className={classes.kitFields}>
        <TextInput label={say('name')} description={say('name_hint')} defaultValue={say('service')} />
        <TextInput label={say('name')} defaultValue={say('sales')} error={say('name_fault')} required />
        <Select label={say('choice')} data={choices} defaultValue="inbound" />
        <Textarea label={say('notes')} rows={2} defaultValue={say('empty_text')} />
        <DayField label={say('day')} value={day} onChange={setDay} />
        <TimeField label={say('clock')} value={time} onChange={setTime} />
        <SegmentedControl size="xs" aria-label={say('either')} data={choices} defaultValue="inbound" />
        <div className={classes.kitRow}>
          <Checkbox label={say('tick')} defaultChecked /><Switch label={say('urgent')} defaultChecked /><Switch label={say('quiet')} />
          <Radio.Group aria-label={say('trouble')} defaultValue="cold"><div className={classes.kitRow}><Radio value="cold" label={say('cold')} /><Radio value="leak" label={say('leak')} /></div></Radio.Group>
        </div>
      </div>
    </Part>
  )
}

function Notes() {
  const say = useWords()
  return (
    <Part title={say('notes')}>
      <Note tone="bad">{say('note_bad')}</Note><Note tone="warn">{say('note_warn')}</Note><Note tone="ready">{say('note_ready')}</Note>
      <div className={classes.kitRow}><Button onClick={() => tell(say('told'))}>{say('tell')}</Button></div>
    </Part>
  )
}

function Tables() {
  const say = useWords()
  return (
    <Part title={say('table')}>
      <table className={classes.kitTable}>
        <thead><tr><th scope="col">{say('queue')}</th><th scope="col">{say('waits')}</th><th scope="col">{say('longest')}</th></tr></thead>
        <tbody className="num">
          <tr><td><Lamp state="bad" /> {say('sales')}</td><td>{asNumber(7)}</td><td>{asTimer(92)}</td></tr>
          <tr><td><Lamp state="ready" /> {say('service')}</td><td>{asNumber(1)}</td><td>{asTimer(12)}</td></tr>
        </tbody>
      </table>
    </Part>
  )
}

function useCard(): Schemas['Card'] {
  const say = useWords()
  const both = (key: Parameters<typeof say>[0]) => ({ en: say(key), ru: say(key) })
  const fields = [
    { key: 'address', title: both('address'), kind: 'text', required: true },
    { key: 'trouble', title: both('trouble'), kind: 'list', required: true, choices: [{ key: 'cold', title: both('cold') }, { key: 'leak', title: both('leak') }] },
    { key: 'urgent', title: both('urgent'), kind: 'check_box' },
  ]
  const dispositions = [{ key: 'agreed', title: both('agreed'), success: true }, { key: 'refused', title: both('refused') }]
  return { id: 'kit', title: say('card'), fields, dispositions } as unknown as Schemas['Card']
}

function Filling() {
  const say = useWords()
  const card = useCard()
  const [values, setValues] = useState<Values>({ address: '', trouble: 'cold', urgent: true })
  const [chosen, choose] = useState<string | null>('agreed')
  return (
    <Part title={say('card')}>
      <div className={classes.kitCard}>
        <CardScript text={say('script')} variables={{}} />
        <CardForm card={card} values={values} missing={['address']} onType={(key, value) => setValues((now) => ({ ...now, [key]: value }))} />
        <Dispositions dispositions={card.dispositions ?? []} chosen={chosen} onChoose={choose} />
      </div>
    </Part>
  )
}

function Empty() {
  const say = useWords()
  return <Part title={say('empty')}><EmptyState title={say('empty')} action={<Button>{say('empty_do')}</Button>}>{say('empty_text')}</EmptyState></Part>
}

function Banner() {
  const say = useWords()
  return <Part title={say('banner')}><LostBanner since={Date.now() + 3_600_000} /></Part>
}
