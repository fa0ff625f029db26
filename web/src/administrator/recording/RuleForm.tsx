import { MultiSelect, Switch, TagsInput, TextInput } from '@mantine/core'
import { Choice, Count, Duration, Effect, Heading, Pick, PickMany, Wide } from '../frame/fields'
import type { ThingForm } from '../frame/useThingForm'
import { RecordingTest } from './RecordingTest'
import { useSummary } from './summary'
import { useWords } from './words'

type Form = { form: ThingForm<'recording_rule'> }

export function RuleForm({ form }: Form) {
  const say = useWords()
  const summary = useSummary()
  return (
    <>
      <Wide><TextInput {...form.text('title')} autoFocus={form.isNew} /></Wide>
      <Heading>{say('which')}</Heading>
      <Which form={form} />
      <Effect>{summary(form.value)}</Effect>
      <Heading>{say('what')}</Heading>
      <Wide><Switch {...form.tick('record')} /></Wide>
      {(form.value.record ?? true) && <How form={form} />}
      <Heading>{say('test')}</Heading>
      <Wide><RecordingTest note={form.dirty ? say('note_saved') : undefined} /></Wide>
    </>
  )
}

function Which({ form }: Form) {
  const say = useWords()
  const any = (field: 'users' | 'queues') => ({
    label: form.label(field), error: form.error(field), value: form.value[field] ?? [],
    onChange: (keys: string[]) => form.change({ [field]: keys.length ? keys : null }),
  })
  return (
    <>
      <MultiSelect label={form.label('directions')} error={form.error('directions')} data={form.choices('directions')} placeholder={form.value.directions?.length ? undefined : say('any_direction')}
        value={form.value.directions ?? []} onChange={(chosen) => form.change({ directions: chosen.length ? (chosen as NonNullable<typeof form.value.directions>) : null })} />
      <TagsInput className="num" label={form.label('numbers')} error={form.error('numbers')} description={say('numbers_hint')} value={form.value.numbers ?? []} splitChars={[',', ' ', ';']} acceptValueOnBlur
        onChange={(numbers) => form.change({ numbers: numbers.length ? numbers : ['*'] })} />
      <PickMany kind="user" {...any('users')} nothing={say('any_user')} />
      <PickMany kind="queue" {...any('queues')} nothing={say('any_queue')} />
      <Count min={1} max={100} {...form.field('share')} description={say('share_hint')} />
    </>
  )
}

function How({ form }: Form) {
  const say = useWords()
  return (
    <>
      <Pick kind="prompt" clearable {...form.field('announcement')} nothing={say('no_announcement')} description={say('announcement_hint')} />
      <Choice {...form.field('format')} data={form.choices('format')} />
      <Duration unit="days" {...form.field('kept_for')} empty={say('kept_by_company')} />
    </>
  )
}
