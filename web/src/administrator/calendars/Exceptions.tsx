import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { DayField } from '~/kit/when'
import { replaced, without } from '../frame/lists'
import type { ThingForm } from '../frame/useThingForm'
import classes from './calendars.module.css'
import type { Special } from './hours'
import { HoursField } from './HoursField'
import { useWords } from './words'

/** Days on which neither the week nor the holidays hold. */
export function Exceptions({ form }: { form: ThingForm<'calendar'> }) {
  const say = useWords()
  const exceptions = form.value.exceptions ?? []
  const set = (changed: Special[]) => form.change({ exceptions: changed })
  const add = () => set([{ first: '', last: '', hours: [], title: '' }, ...exceptions])
  return (
    <div className={classes.exceptions}>
      <p className={classes.hint}>{say('exceptions_hint')}</p>
      <div><Button size="xs" leftSection={<IconPlus size={14} />} onClick={add}>{say('add_exception')}</Button></div>
      {exceptions.map((one, at) => (
        <Exception key={at} form={form} one={one} at={at} change={(part) => set(replaced(exceptions, at, { ...one, ...part }))} drop={() => set(without(exceptions, at))} />
      ))}
    </div>
  )
}

interface ExceptionProps {
  form: ThingForm<'calendar'>
  one: Special
  at: number
  change: (part: Partial<Special>) => void
  drop: () => void
}

function Exception({ form, one, at, change, drop }: ExceptionProps) {
  const say = useWords()
  const error = (field: string) => form.error(`exceptions.${at}.${field}`)
  const name = one.title || one.first || say('exception')
  /** One day is what is meant most often: the last follows the first until it is written itself. */
  const begin = (first: string) => change({ first, ...((one.last === '' || one.last === one.first) && { last: first }) })
  return (
    <div className={classes.exception} role="group" aria-label={name}>
      <DayField size="xs" label={say('first_day')} value={one.first} error={error('first')} onChange={begin} />
      <DayField size="xs" label={say('last_day')} value={one.last} minDate={one.first || undefined} error={error('last')} onChange={(last) => change({ last })} />
      <TextInput size="xs" className={classes.why} label={say('why')} placeholder={say('why_hint')} value={one.title} error={error('title')} onChange={(event) => change({ title: event.currentTarget.value })} />
      <ActionIcon variant="subtle" color="gray" className={classes.drop} aria-label={say('drop_exception', { title: name })} onClick={drop}><IconX size={15} /></ActionIcon>
      <div className={classes.exceptionHours}>
        <Checkbox size="xs" label={say('closed_all_day')} checked={one.hours.length === 0} onChange={(event) => change({ hours: event.currentTarget.checked ? [] : [{ begin: '09:00', end: '15:00' }] })} />
        {one.hours.length > 0 && <HoursField day={name} hours={one.hours} onChange={(hours) => change({ hours })} error={(n) => form.error(`exceptions.${at}.hours.${n}`)} />}
      </div>
      {form.error(`exceptions.${at}`) && <span className={classes.fault}>{form.error(`exceptions.${at}`)}</span>}
    </div>
  )
}
