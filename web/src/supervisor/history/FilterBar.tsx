import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconDownload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Names } from '~/api/names'
import { may, useMe } from '~/api/session'
import { DayField } from '~/kit/when'
import { SYSTEM_DISPOSITIONS, useTrade } from '~/kit/trade'
import { type Filters, isAnySet, numberOrName, queryOf, type Span, SPANS } from './filters'
import classes from './history.module.css'
import { useWords } from './words'

interface Bar {
  filters: Filters
  change: (changed: Partial<Filters>) => void
  clear: () => void
  names: Names
}

/** What is looked for; each choice is in the address at once. */
export function FilterBar({ filters, change, clear, names }: Bar) {
  const say = useWords()
  const me = useMe()
  const trade = useTrade()
  const chosen = <T extends string>(key: keyof Filters) => ({
    value: (filters[key] as T | null) ?? null, onChange: (value: string | null) => change({ [key]: value }), placeholder: say('all'), clearable: true,
  })
  return (
    <form className={classes.filters} role="search" onSubmit={(event) => event.preventDefault()}>
      <TextField typed={filters.number || filters.name} change={change} numbers={may(me, 'see_numbers')} />
      {may(me, 'see_calls') && <Select label={say('person')} data={options(names.all.users)} searchable {...chosen('user')} w={168} />}
      <Select label={say('queue')} data={options(names.all.queues)} searchable {...chosen('queue')} w={168} />
      <Select label={say('direction')} data={(['inbound', 'outbound', 'internal'] as const).map((value) => ({ value, label: trade.direction(value) }))} {...chosen('direction')} w={130} />
      <Select label={say('result')} data={SYSTEM_DISPOSITIONS.map((value) => ({ value, label: trade.disposition(value) }))} {...chosen('result')} w={178} comboboxProps={{ width: 230, position: 'bottom-start' }} />
      <Select label={say('trunk')} data={options(names.all.trunks)} searchable {...chosen('trunk')} w={130} />
      <When filters={filters} change={change} />
      <Checkbox className={classes.living} label={say('living')} checked={filters.living} onChange={(event) => change({ living: event.currentTarget.checked })} />
      <Checkbox className={classes.living} label={say('only_recorded')} checked={filters.recorded} onChange={(event) => change({ recorded: event.currentTarget.checked })} />
      {may(me, 'export_recordings') && <Export filters={filters} />}
      {isAnySet(filters) && <Button className={classes.clear} variant="subtle" color="gray" onClick={clear}>{say('clear')}</Button>}
    </form>
  )
}

const options = (titles: Record<string, string>) =>
  Object.entries(titles).map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label))

const TYPED_AFTER = 300

/** A number or a name, typed without a request for each key. */
function TextField({ typed, change, numbers }: { typed: string; change: Bar['change']; numbers: boolean }) {
  const say = useWords()
  const [shown, setShown] = useState(typed)
  const later = useDebouncedCallback((text: string) => change(numbers ? numberOrName(text) : { name: text }), TYPED_AFTER)
  useEffect(() => setShown(typed), [typed])
  const type = (text: string) => {
    setShown(text)
    later(text.trim())
  }
  return <TextInput label={say(numbers ? 'number_or_name' : 'name')} placeholder={say('part_hint')} maxLength={40} w={168} value={shown} onChange={(event) => type(event.currentTarget.value)} />
}

/** An archive of the recordings of all calls that fit; the browser keeps it as a file. */
function Export({ filters }: { filters: Filters }) {
  const say = useWords()
  const address = `/api/recordings/-/export?${new URLSearchParams(Object.entries(queryOf({ ...filters, living: false, recorded: false }, new Date())).map(([key, value]) => [key, String(value)]))}`
  return <Button component="a" className={classes.clear} variant="default" href={address} download title={say('export_hint')} leftSection={<IconDownload size={14} />}>{say('export')}</Button>
}

function When({ filters, change }: Pick<Bar, 'filters' | 'change'>) {
  const say = useWords()
  const day = (key: 'from' | 'to') => (
    <DayField label={say(key)} w={138} clearable value={filters[key]} onChange={(chosen) => change({ [key]: chosen })} />
  )
  return (
    <>
      <Select label={say('time')} data={SPANS.map((value) => ({ value, label: say(`span_${value}`) }))} value={filters.span} onChange={(span) => change({ span: (span ?? 'any') as Span })} w={138} />
      {filters.span === 'dates' && <>{day('from')}{day('to')}</>}
    </>
  )
}
