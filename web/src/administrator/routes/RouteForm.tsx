import { InputWrapper, SegmentedControl, TagsInput, TextInput } from '@mantine/core'
import { Link } from 'react-router'
import { TargetField } from '../extensions/TargetField'
import { Effect, Heading, Pick, PickMany, Wide } from '../frame/fields'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { Concerns } from './Concerns'
import { ContactField } from './ContactField'
import { HoursField, type HoursForm } from './HoursField'
import { useDraftSummary } from './summary'
import { TestBox } from './TestBox'
import { useWords } from './words'

type Form = { form: ThingForm<'route'> }

export function RouteForm({ form }: Form) {
  const say = useWords()
  return (
    <>
      <TextInput {...form.text('title')} autoFocus={form.isNew} />
      <Pick kind="trunk" clearable nothing={say('any_trunk')} {...form.field('trunk')} />
      <PatternField form={form} field="number" label={say('dialled')} nothing={say('any_number')} hint={say('number_hint')} />
      <PatternField form={form} field="caller" label={say('caller')} nothing={say('any_caller')} hint={say('caller_hint')} />
      <PickMany kind="caller_list" {...form.field('caller_lists')} nothing={say('any_list')} />
      <ContactField form={form} />
      <Countries form={form} />
      <Wide><TagsInput label={form.label('regions')} error={form.error('regions')} description={say('regions_hint')} value={form.value.regions ?? []} splitChars={[',', ';']} acceptValueOnBlur
        onChange={(regions) => form.change({ regions })} /></Wide>
      <HoursField form={form as HoursForm} />
      <ModeField form={form} />
      <Wide>
        <TargetField label={form.label('target')} value={form.value.target} error={form.error('target.key') ?? form.error('target')} onChange={(target) => form.change({ target })} />
      </Wide>
      <RouteEffect form={form} />
      <Heading>{say(form.dirty ? 'test_draft' : 'test')}</Heading>
      <Wide><TestBox instead={form.value} trunk={form.value.trunk ?? undefined} /></Wide>
    </>
  )
}

/** `*` alone is shown as nothing: anybody, any number. */
function PatternField({ form, field, label, nothing, hint }: Form & { field: 'number' | 'caller'; label: string; nothing: string; hint: string }) {
  const { value, error } = form.text(field)
  return <TextInput label={label} error={error} className="num" inputMode="tel" placeholder={nothing} description={hint} value={value === '*' ? '' : value}
    onChange={(event) => form.change({ [field]: event.currentTarget.value.trim() || '*' })} />
}

function RouteEffect({ form }: Form) {
  const summary = useDraftSummary(form.value)
  return (
    <>
      <Effect>{summary}</Effect>
      <Concerns kind="route" rule={form.value} />
    </>
  )
}

function Countries({ form }: Form) {
  const say = useWords()
  return <TagsInput label={form.label('countries')} error={form.error('countries')} description={say('countries_hint')} value={form.value.countries ?? []} splitChars={[',', ' ', ';']} acceptValueOnBlur
    onChange={(countries) => form.change({ countries: countries.map((one) => one.toUpperCase()) })} />
}

/** By which switch between day and night it holds, and at which of its sides. */
function ModeField({ form: { value, change, label, error, choices } }: Form) {
  const say = useWords()
  const { data: modes = [] } = useThings('mode')
  if (modes.length === 0) return <InputWrapper label={label('mode')} labelElement="div"><div><Link to="/set-up/modes/+">{say('to_modes')}</Link></div></InputWrapper>
  return (
    <>
      <Pick kind="mode" clearable nothing={say('any_mode')} label={label('mode')} error={error('mode')} value={value.mode} onChange={(mode: string | null) => change({ mode })} />
      {value.mode != null && (
        <InputWrapper label={label('mode_says')} labelElement="div">
          <SegmentedControl fullWidth aria-label={label('mode_says')} value={value.mode_says ?? 'day'} onChange={(says) => change({ mode_says: says as 'day' | 'night' })} data={choices('mode_says')} />
        </InputWrapper>
      )}
    </>
  )
}
