import { MultiSelect, Select, TagsInput } from '@mantine/core'
import { inLanguage, useLanguage } from '~/kit/words'
import { Pick } from '../frame/fields'
import { type Thing, useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { useWords } from './words'

type Field = NonNullable<Thing<'contact_list'>['fields']>[number]
type Wanted = NonNullable<Thing<'route'>['contact']>

/** Who calls is a contact: of this list, and perhaps one in whose field this stands. */
export function ContactField({ form }: { form: ThingForm<'route'> }) {
  const say = useWords()
  useLanguage()
  const { data: lists = [] } = useThings('contact_list')
  const wanted = form.value.contact ?? null
  const fields = lists.find(({ thing }) => thing.id === wanted?.list)?.thing.fields ?? []
  const field = fields.find(({ key }) => key === wanted?.field)
  const set = (contact: Wanted | null) => form.change({ contact })
  return (
    <>
      <Pick kind="contact_list" clearable nothing={say('any_contact')} label={form.label('contact')} error={form.error('contact.list') ?? form.error('contact')} value={wanted?.list}
        onChange={(list: string | null) => set(list === null ? null : { list, field: null, values: [] })} />
      {wanted && (fields.length > 0 || wanted.field) && (
        <Select<string> clearable label={say('contact_field')} placeholder={say('any_of_them')} error={form.error('contact.field')} value={wanted.field ?? null}
          data={fields.map(({ key, title }) => ({ value: key, label: inLanguage(title) }))} onChange={(key) => set({ ...wanted, field: key, values: [] })} />
      )}
      {wanted?.field && <Says field={field} values={wanted.values ?? []} error={form.error('contact.values')} onChange={(values) => set({ ...wanted, values })} />}
    </>
  )
}

interface SaysProps {
  field: Field | undefined
  values: readonly string[]
  error: string | undefined
  onChange: (values: string[]) => void
}

/** What must stand there: chosen where there is a choice, else typed. */
function Says({ field, values, error, onChange }: SaysProps) {
  const say = useWords()
  const choices = field?.kind === 'check_box' ? [{ value: 'yes', label: say('contact_yes') }, { value: 'no', label: say('contact_no') }]
    : field?.kind === 'list' ? (field.choices ?? []).map(({ key, title }) => ({ value: key, label: inLanguage(title) })) : null
  const shared = { label: say('contact_says'), error, value: [...values], onChange }
  return choices === null ? <TagsInput {...shared} description={say('contact_says_hint')} acceptValueOnBlur splitChars={[';']} /> : <MultiSelect {...shared} data={choices} searchable hidePickedOptions />
}
