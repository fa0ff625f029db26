import { TextInput } from '@mantine/core'
import { Note } from '~/kit/refusals'
import { TargetField } from '../extensions/TargetField'
import { Effect, Heading, Pick, Wide } from '../frame/fields'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { shadowOf } from './covers'
import { HoursField, type HoursForm } from './HoursField'
import { useSummary } from './summary'
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
      <HoursField form={form as HoursForm} />
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
  const say = useWords()
  const summary = useSummary()
  const { data: routes = [] } = useThings('route')
  const shadow = shadowOf(form.value, routes)
  return (
    <>
      <Effect>{summary(form.value)}</Effect>
      {shadow && <Wide><Note tone="warn">{say('shadowed', { title: shadow.title })}</Note></Wide>}
    </>
  )
}
