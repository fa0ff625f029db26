import { TextInput } from '@mantine/core'
import { Note } from '~/kit/refusals'
import { useNaming } from '../changes/Changes'
import { numbersOf } from '../extensions/plan'
import { withBold } from '../frame/bold'
import { Count, Effect, Heading, Pick, Wide } from '../frame/fields'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { DeviceState } from './DeviceState'
import { PhoneSettings } from './PhoneSettings'
import { useWords } from './words'

type Form = { form: ThingForm<'device'> }

export function DeviceForm({ form }: Form) {
  const say = useWords()
  const isPhone = form.value.kind !== 'browser'
  return (
    <>
      {!form.isNew && isPhone && <Wide><DeviceState device={form.value.id} /></Wide>}
      {!isPhone && <Wide><Note tone="warn">{say('browser_kind')}</Note></Wide>}
      <Pick kind="user" {...form.field('user')} />
      <TextInput {...form.text('title')} description={say('title_hint')} />
      <DeviceEffect form={form} />
      <Count min={1} max={10} {...form.field('most_contacts')} description={say('contacts_hint')} />
      {!form.isNew && isPhone && <Heading>{say('settings')}</Heading>}
      {!form.isNew && isPhone && <Wide><PhoneSettings device={form.value.id} /></Wide>}
    </>
  )
}

function DeviceEffect({ form }: Form) {
  const say = useWords()
  const naming = useNaming()
  const { data: numbers = [] } = useThings('extension')
  const { user } = form.value
  if (user === '') return null
  const number = numbersOf(numbers, 'user', user)[0]?.thing.number
  return <Effect>{withBold(number ? say('effect_number', { user: naming('user', user), number }) : say('effect', { user: naming('user', user) }))}</Effect>
}
