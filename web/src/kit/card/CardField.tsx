import { Checkbox, Radio, Select, Textarea, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import clsx from 'clsx'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { Schemas } from '~/api/client'
import { Lamp } from '../Lamp'
import { asPhone } from '../numbers'
import { inLanguage, useLanguage } from '../words'
import classes from './card.module.css'
import { useWords } from './words'

export type FieldValue = string | number | boolean | null
type Field = Schemas['Field']

interface Shown {
  field: Field
  value: FieldValue
  fault?: string
  missing: boolean
  saved: boolean
  readOnly: boolean
  onType: (value: FieldValue) => void
  onLeave: () => void
}

/** So few and short choices stand open: one click instead of two. */
const OPEN_CHOICES = 5
const OPEN_LETTERS = 60

const standsOpen = (field: Field): boolean => {
  const choices = field.choices ?? []
  return choices.length <= OPEN_CHOICES && choices.map(({ title }) => title.ru + title.en).join('').length / 2 <= OPEN_LETTERS
}

/** One field of a card, by its kind. */
export function CardField(shown: Shown) {
  switch (shown.field.kind) {
    case 'long_text': return <LongText {...shown} />
    case 'number': return <NumberField {...shown} />
    case 'date': return <DateLine {...shown} />
    case 'phone': return <Phone {...shown} />
    case 'check_box': return <CheckBox {...shown} />
    case 'list': return standsOpen(shown.field) ? <OpenList {...shown} /> : <List {...shown} />
    default: return <Line {...shown} />
  }
}

function useLabel({ field, fault }: Shown) {
  useLanguage()
  return { label: inLanguage(field.title), withAsterisk: field.required, error: fault, 'data-card-field': field.key }
}

/** What stands at the right end of a field: missing, or kept. */
function Sign({ missing, saved }: Pick<Shown, 'missing' | 'saved'>) {
  if (missing) return <Lamp state="warn" size={12} />
  return saved ? <IconCheck size={15} color="var(--ready)" aria-hidden /> : null
}

const styleOf = ({ missing }: Shown) => ({ input: missing ? classes.missing : undefined })

function Line(shown: Shown) {
  return (
    <TextInput {...useLabel(shown)} readOnly={shown.readOnly} value={String(shown.value ?? '')} classNames={styleOf(shown)} autoComplete="off"
      rightSection={<Sign {...shown} />} onChange={(event) => shown.onType(event.currentTarget.value || null)} onBlur={shown.onLeave} />
  )
}

/** Written with its spaces, but while it is typed. */
function Phone(shown: Shown) {
  const [typing, setTyping] = useState(false)
  const text = String(shown.value ?? '')
  const leave = () => {
    setTyping(false)
    shown.onLeave()
  }
  return (
    <TextInput {...useLabel(shown)} type="tel" readOnly={shown.readOnly} value={typing ? text : asPhone(text)} classNames={styleOf(shown)} autoComplete="off"
      rightSection={<Sign {...shown} />} onFocus={() => setTyping(true)} onChange={(event) => shown.onType(event.currentTarget.value || null)} onBlur={leave} />
  )
}

const DayField = lazy(async () => ({ default: (await import('../when')).DayField }))

/** The calendar comes with the first card that has a date. */
function DateLine(shown: Shown) {
  const label = useLabel(shown)
  const value = String(shown.value ?? '')
  return (
    <Suspense fallback={<TextInput {...label} readOnly value={value} />}>
      <DayField {...label} classNames={styleOf(shown)} readOnly={shown.readOnly} value={value} rightSection={<Sign {...shown} />}
        onChange={(day: string) => shown.onType(day || null)} onBlur={shown.onLeave} />
    </Suspense>
  )
}

function LongText(shown: Shown) {
  return (
    <Textarea {...useLabel(shown)} className={classes.whole} readOnly={shown.readOnly} value={String(shown.value ?? '')} classNames={styleOf(shown)}
      autosize minRows={3} maxRows={12} rightSection={shown.missing ? <Sign {...shown} /> : undefined}
      onChange={(event) => shown.onType(event.currentTarget.value || null)} onBlur={shown.onLeave} />
  )
}

/** `1 250,5` as people write it; null for nothing; undefined for no number. */
export function asNumber(text: string): number | null | undefined {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
  if (plain === '') return null
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined
}

/** The text is the person's own until they leave the field: `1,` is on its way to be a number. */
function NumberField(shown: Shown) {
  const say = useWords()
  const [text, setText] = useState(String(shown.value ?? ''))
  const wrong = asNumber(text) === undefined
  useEffect(() => setText((typed) => (asNumber(typed) === shown.value ? typed : String(shown.value ?? ''))), [shown.value])
  const type = (typed: string) => {
    setText(typed)
    const value = asNumber(typed)
    if (value !== undefined) shown.onType(value)
  }
  return (
    <TextInput {...useLabel(shown)} error={wrong ? say('a_number') : shown.fault} inputMode="decimal" readOnly={shown.readOnly} value={text}
      classNames={styleOf(shown)} autoComplete="off" rightSection={<Sign {...shown} />} onChange={(event) => type(event.currentTarget.value)} onBlur={shown.onLeave} />
  )
}

function CheckBox(shown: Shown) {
  const { withAsterisk: _, ...label } = useLabel(shown)
  return (
    <div className={classes.check}>
      <Checkbox {...label} size="xs" classNames={{ label: classes.checkLabel }} checked={shown.value === true} disabled={shown.readOnly}
        onChange={(event) => shown.onType(event.currentTarget.checked)} onBlur={shown.onLeave} />
      {shown.missing && <Sign {...shown} />}
    </div>
  )
}

const entriesOf = (field: Field) => (field.choices ?? []).map(({ key, title }) => ({ value: key, label: inLanguage(title) }))

function List(shown: Shown) {
  const say = useWords()
  const signed = shown.missing ? { rightSection: <Sign {...shown} /> } : {}
  return (
    <Select {...useLabel(shown)} data={entriesOf(shown.field)} value={shown.value === null ? null : String(shown.value)} readOnly={shown.readOnly}
      searchable clearable={!shown.field.required} placeholder={say('choose')} nothingFoundMessage={say('no_such')} classNames={styleOf(shown)} {...signed}
      onChange={shown.onType} onBlur={shown.onLeave} />
  )
}

function OpenList(shown: Shown) {
  const { label, withAsterisk, error, ...mark } = useLabel(shown)
  return (
    <Radio.Group className={classes.whole} label={label} withAsterisk={withAsterisk} error={error} value={shown.value === null ? null : String(shown.value)}
      readOnly={shown.readOnly} onChange={shown.onType} {...mark}>
      <div className={clsx(classes.open, shown.missing && classes.openMissing)} onBlur={shown.onLeave}>
        {entriesOf(shown.field).map((entry) => (
          <Radio.Card key={entry.value} value={entry.value} className={classes.entry} disabled={shown.readOnly}>{entry.label}</Radio.Card>
        ))}
        {shown.missing && <Sign {...shown} />}
      </div>
    </Radio.Group>
  )
}

/** Kept for whoever shows a value beside its field's name. */
export function asText(field: Field, value: FieldValue, yes: string, no: string): string {
  if (value === null || value === '') return ''
  if (field.kind === 'check_box') return value ? yes : no
  if (field.kind === 'list') return entriesOf(field).find((entry) => entry.value === value)?.label ?? String(value)
  return String(value)
}
