import { Switch } from '@mantine/core'
import { Count, Duration } from '../frame/fields'
import type { ThingForm } from '../frame/useThingForm'

/** When an address that guesses passwords is locked out, and for how long. */
export function Lockouts({ form }: { form: ThingForm<'company'> }) {
  return (
    <>
      <Switch {...form.tick('lockouts.on')} />
      <Count min={3} max={1000} {...form.field('lockouts.tries')} />
      <Duration unit="minutes" {...form.field('lockouts.within')} />
      <Duration unit="minutes" {...form.field('lockouts.lasts')} />
    </>
  )
}
