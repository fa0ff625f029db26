/** Building blocks of forms: headings, choices by title, durations. */
import { MultiSelect, NumberInput, Select, type SelectProps } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './frame.module.css'
import { type Kind, keyOf, type Thing, titleOf, useThings } from './things'
import { useWords } from './words.frame'

/** What follows belongs together. */
export const Heading = ({ children }: { children: ReactNode }) => <h2 className={classes.heading}>{children}</h2>

/** Takes the whole width of the form. */
export const Wide = ({ children }: { children: ReactNode }) => <div className={classes.wide}>{children}</div>

/** What the form means, in words: `101 rings on 2 devices`. */
export const Effect = ({ children }: { children: ReactNode }) => <div className={`${classes.effect} ${classes.wide}`} role="status">{children}</div>

interface PickProps {
  kind: Kind
  /** One of both names it. */
  label?: string
  'aria-label'?: string
  description?: string
  /** What stands there while nothing is chosen. */
  nothing?: string
  error?: ReactNode
  disabled?: boolean
  /** Only these. */
  only?: (key: string) => boolean
  /** What they are called here, where a title alone says too little. */
  called?: (thing: Thing<Kind>) => string
}

const useChoices = ({ kind, only, called = (thing) => titleOf(kind, thing) }: PickProps) =>
  (useThings(kind).data ?? [])
    .map(({ thing }) => ({ value: keyOf(kind, thing), label: called(thing) }))
    .filter(({ value }) => only?.(value) ?? true)
    .sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }))

/** One thing, chosen by its title. `clearable`: none may be chosen. */
export function Pick({ kind, nothing, only, called, value, onChange, clearable = false, ...rest }: PickProps & { value: string | null | undefined; onChange: (key: never) => void; clearable?: boolean }) {
  const say = useWords()
  const data = useChoices({ kind, only, called })
  return <Select searchable clearable={clearable} data={data} placeholder={nothing ?? (clearable ? say('no_choice') : say('pick_hint'))}
    value={value ?? null} onChange={(key) => onChange(key as never)} nothingFoundMessage={say('nothing_fits', { typed: '' })} {...rest} />
}

/** Several things, chosen by their titles, in the order of choosing. */
export function PickMany({ kind, nothing, only, called, value, onChange, ...rest }: PickProps & { value: readonly string[]; onChange: (keys: never) => void }) {
  const say = useWords()
  const data = useChoices({ kind, only, called })
  return <MultiSelect searchable hidePickedOptions data={data} placeholder={value.length === 0 ? (nothing ?? say('pick_hint')) : undefined}
    value={[...value]} onChange={(keys) => onChange(keys as never)} nothingFoundMessage={say('nothing_fits', { typed: '' })} {...rest} />
}

/** One of a few words. */
export function Choice({ data, value, onChange, ...rest }: Omit<SelectProps, 'data' | 'value' | 'onChange'> & Chosen) {
  return <Select data={data} value={value ?? null} onChange={(chosen) => onChange(chosen as never)} {...rest} />
}

interface Chosen {
  data: { value: string; label: string }[]
  value: string | null | undefined
  onChange: (value: never) => void
}

type Unit = 'seconds' | 'minutes' | 'days'
const IN_SECONDS: Record<Unit, number> = { seconds: 1, minutes: 60, days: 86_400 }

interface DurationProps {
  label: string
  description?: string
  unit: Unit
  /** In seconds, as the server counts. */
  value: number | null
  onChange: (seconds: never) => void
  error?: ReactNode
  /** What it means to leave it empty; without it, it can't be. */
  empty?: string
}

/** A time span, written in the unit that people use for it. */
export function Duration({ unit, value, onChange, empty, ...rest }: DurationProps) {
  const say = useWords()
  return <NumberInput {...rest} min={0} decimalScale={2} placeholder={empty} value={value === null ? '' : value / IN_SECONDS[unit]} rightSectionWidth={48}
    rightSection={<span className={classes.unit}>{say(unit)}</span>}
    onChange={(typed) => onChange((typed === '' ? null : Number(typed) * IN_SECONDS[unit]) as never)} />
}

interface CountProps {
  label: string
  description?: string
  min: number
  max: number
  value: number
  onChange: (count: never) => void
  error?: ReactNode
}

/** A whole number. What is half typed is not told. */
export function Count({ onChange, ...rest }: CountProps) {
  return <NumberInput {...rest} allowDecimal={false} clampBehavior="blur" onChange={(typed) => typed !== '' && onChange(Number(typed) as never)} />
}

/** A share, written in percent. */
export function Share({ value, onChange, ...rest }: Omit<CountProps, 'min' | 'max'>) {
  return <NumberInput {...rest} min={0} max={100} suffix=" %" decimalScale={1} value={Math.round(value * 1000) / 10} onChange={(typed) => typed !== '' && onChange((Number(typed) / 100) as never)} />
}
