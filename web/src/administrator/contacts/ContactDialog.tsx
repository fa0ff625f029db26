import { Button, Group, Modal, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { faultsOf, Note, tell } from '~/kit/refusals'
import { inLanguage, useLanguage } from '~/kit/words'
import type { Thing } from '../frame/things'
import type { ListField } from './ContactLists'
import classes from './contacts.module.css'
import { type Contact, contacts } from './doors'
import { Erase } from './Erasing'
import { useWords } from './words'

interface DialogProps {
  list: Thing<'contact_list'>
  /** null: a new one. */
  contact: Contact | null
  close: () => void
  changed: () => void
}

type Values = Contact['values']

/** `null`: not known any more. */
const withValue = (values: Values, key: string, value: Values[string] | null): Values =>
  Object.fromEntries([...Object.entries(values).filter(([other]) => other !== key), ...(value === null ? [] : [[key, value] as const])])

/** One contact: name, numbers, and what the list's fields say. */
export function ContactDialog({ list, contact, close, changed }: DialogProps) {
  const say = useWords()
  const fields = list.fields ?? []
  const [name, setName] = useState(contact?.name ?? '')
  const [numbers, setNumbers] = useState<string[]>(contact?.numbers ?? [])
  const [values, setValues] = useState<Values>(contact?.values ?? {})
  const [erasing, setErasing] = useState(false)
  const body = { name, numbers, values: Object.fromEntries(Object.entries(values).filter(([key, value]) => value !== '' && fields.some((field) => field.key === key))) }
  const saving = useMutation({
    mutationFn: () => (contact ? contacts.put(list.id, contact.id, body) : contacts.make(list.id, body)),
    onSuccess: ({ name: kept, numbers: [number = ''] }) => {
      tell(say('saved', { name: kept || number }))
      changed()
      close()
    },
  })
  const faults = faultsOf(saving.error, ['name', 'numbers', ...fields.map(({ key }) => `values.${key}`)])
  const send = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  if (erasing && contact) return <Erase list={list.id} contact={contact} close={close} erased={changed} />
  return (
    <Modal opened onClose={close} size="lg" title={contact ? contact.name || say('contact') : say('contact_new')} closeButtonProps={{ 'aria-label': say('cancel') }}>
      <form className={classes.form} onSubmit={send}>
        <TextInput data-autofocus label={say('col_name')} error={faults.fields.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <TagsInput className="num" inputMode="tel" label={say('numbers')} description={say('numbers_hint')} error={faults.fields.numbers} value={numbers} onChange={setNumbers} acceptValueOnBlur splitChars={[',', ';']} />
        {fields.map((field) => (
          <FieldInput key={field.key} field={field} value={values[field.key]} error={faults.fields[`values.${field.key}`]}
            onChange={(value) => setValues((before) => withValue(before, field.key, value))} />
        ))}
        {faults.rest.map((fault) => <div key={fault} className={classes.wide}><Note tone="bad">{fault}</Note></div>)}
        <Group className={classes.wide} gap="xs" justify="flex-end">
          {contact && <Button variant="subtle" mr="auto" onClick={() => setErasing(true)}>{say('erase')}</Button>}
          <Button variant="subtle" onClick={close}>{say('cancel')}</Button>
          <Button type="submit" variant="filled" loading={saving.isPending}>{say('save')}</Button>
        </Group>
      </form>
    </Modal>
  )
}

interface InputProps {
  field: ListField
  value: Values[string] | undefined
  error: string | undefined
  onChange: (value: Values[string] | null) => void
}

function FieldInput({ field, value, error, onChange }: InputProps) {
  const say = useWords()
  useLanguage()
  const shared = { label: inLanguage(field.title), error }
  const text = typeof value === 'string' ? value : ''
  switch (field.kind) {
    case 'number':
      return <NumberInput {...shared} value={typeof value === 'number' ? value : ''} onChange={(typed) => onChange(typed === '' ? null : Number(typed))} />
    case 'check_box':
      return (
        <Select<string> {...shared} clearable placeholder={say('not_known')} value={typeof value === 'boolean' ? String(value) : null}
          data={[{ value: 'true', label: say('yes') }, { value: 'false', label: say('no') }]} onChange={(chosen) => onChange(chosen === null ? null : chosen === 'true')} />
      )
    case 'list':
      return <Select<string> {...shared} clearable placeholder={say('not_known')} value={text || null} data={(field.choices ?? []).map(({ key, title }) => ({ value: key, label: inLanguage(title) }))} onChange={onChange} />
    case 'long_text':
      return <Textarea {...shared} className={classes.wide} autosize minRows={2} maxRows={8} value={text} onChange={(event) => onChange(event.currentTarget.value || null)} />
    default:
      return <TextInput {...shared} type={field.kind === 'date' ? 'date' : 'text'} value={text} onChange={(event) => onChange(event.currentTarget.value || null)} />
  }
}
