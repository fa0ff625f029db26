import { TagsInput, TextInput } from '@mantine/core'
import { Choice, Count, Duration, Effect, Heading, PickMany, Wide } from '../frame/fields'
import type { ThingForm } from '../frame/useThingForm'
import { Concerns } from '../routes/Concerns'
import { HoursField, type HoursForm } from '../routes/HoursField'
import { meant } from './meant'
import { OutboundTest } from './OutboundTest'
import { useSummary } from './summary'
import { useWords } from './words'

type Form = { form: ThingForm<'outbound_route'> }

export function OutboundForm({ form }: Form) {
  const say = useWords()
  return (
    <>
      <TextInput {...form.text('title')} autoFocus={form.isNew} />
      <Numbers form={form} />
      <Wide><PickMany kind="trunk" {...form.field('trunks')} description={say('trunks_hint')} /></Wide>
      <Choice {...form.field('sharing')} data={form.choices('sharing')} />
      <PickMany kind="service_class" label={form.label('service_classes')} error={form.error('service_classes')} nothing={say('classes_any')} description={say('classes_hint')}
        value={form.value.service_classes ?? []} onChange={(classes: string[]) => form.change({ service_classes: classes.length ? classes : null })} />
      <HoursField form={form as HoursForm} />
      <OutboundEffect form={form} />
      <Heading>{say('how')}</Heading>
      <Choice {...form.field('form')} data={form.choices('form')} />
      <TextInput {...form.text('caller_id', 'null')} className="num" inputMode="tel" placeholder={say('caller_id_line')} />
      <Count min={0} max={20} {...form.field('strip')} description={say('strip_hint')} />
      <TextInput {...form.text('prepend')} className="num" inputMode="tel" description={say('prepend_hint')} />
      <Heading>{say('more')}</Heading>
      <Duration unit="seconds" {...form.field('ring_for')} />
      <Heading>{say('test')}</Heading>
      <Wide><OutboundTest note={form.dirty ? say('note_saved') : undefined} /></Wide>
    </>
  )
}

function Numbers({ form }: Form) {
  const say = useWords()
  const { label, error } = form.field('numbers')
  return <TagsInput className="num" label={label} error={error} description={say('numbers_hint')} value={form.value.numbers ?? []} splitChars={[',', ' ', ';']} acceptValueOnBlur
    onChange={(numbers) => form.change({ numbers: meant(form.value.numbers ?? [], numbers) })} />
}

function OutboundEffect({ form }: Form) {
  const summary = useSummary()
  return (
    <>
      <Effect>{summary(form.value)}</Effect>
      {(form.value.trunks ?? []).length > 0 && <Concerns kind="outbound_route" rule={form.value} />}
    </>
  )
}
