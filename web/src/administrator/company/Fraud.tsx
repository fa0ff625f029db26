import { Switch, TextInput } from '@mantine/core'
import { Count, Duration } from '../frame/fields'
import type { ThingForm } from '../frame/useThingForm'

type Form = { form: ThingForm<'company'> }
type Rule = 'abroad' | 'at_night' | 'short' | 'at_once'
const COUNTS: readonly Rule[] = ['at_once', 'abroad', 'at_night', 'short']

/** When somebody's calls outside are stopped. */
export function Fraud({ form }: Form) {
  return (
    <>
      <Switch {...form.tick('fraud.on')} />
      <Duration unit="minutes" {...form.field('fraud.within')} />
      {COUNTS.map((rule) => <Count key={rule} min={1} max={1000} {...form.field(`fraud.${rule}`)} />)}
      <Clock form={form} field="night_begins" />
      <Clock form={form} field="night_ends" />
    </>
  )
}

function Clock({ form, field }: Form & { field: 'night_begins' | 'night_ends' }) {
  const { value, ...rest } = form.text(`fraud.${field}`)
  return <TextInput type="time" className="num" {...rest} value={value.slice(0, 5)} />
}
