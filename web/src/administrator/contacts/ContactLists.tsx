import { Select, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { inLanguage, useLanguage } from '~/kit/words'
import { blankField, type Kind, ofKind, renamed, type Title } from '../cards/card'
import cards from '../cards/cards.module.css'
import { Choices } from '../cards/Choices'
import { Rows } from '../cards/Rows'
import { TwoWords } from '../cards/TwoWords'
import { AddField } from '../cards/AddField'
import { KINDS, useKindTitles } from '../cards/kinds'
import { useWords as useCardWords } from '../cards/words'
import { Heading, Pick, Wide } from '../frame/fields'
import frame from '../frame/frame.module.css'
import { keyFrom } from '../frame/keys'
import { replaced } from '../frame/lists'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { type Thing, useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { MAIN } from '../projects/held'
import { Contacts } from './Contacts'
import { useWords } from './words'

export type ListField = NonNullable<Thing<'contact_list'>['fields']>[number]
type FormOf = { form: ThingForm<'contact_list'> }

/** Whom the company knows outside: lists with fields of their own, and the contacts in them. */
export function ContactLists() {
  const say = useWords()
  const section = useMemo<Section<'contact_list'>>(() => ({
    kind: 'contact_list', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: ({ title, fields = [] }) => ({ title, detail: say('fields_count', { count: fields.length }) }),
    blank: (taken) => ({ id: keyFrom('', taken, 'contacts'), title: '', project: MAIN, fields: [] }),
    Form,
  }), [say])
  return <ThingsPage section={section} />
}

function Form({ form }: FormOf) {
  const say = useWords()
  const { data: projects = [] } = useThings('project')
  return (
    <>
      <Wide><TextInput {...form.text('title')} autoFocus={form.isNew} /></Wide>
      {projects.length > 1 && <Pick kind="project" {...form.field('project')} />}
      <Heading>{form.label('fields')}</Heading>
      <Wide><Fields form={form} /></Wide>
      <Heading>{say('contacts')}</Heading>
      <Wide>{form.published ? <Contacts list={form.published} /> : <p className={frame.about}>{say('save_first')}</p>}</Wide>
      {!form.isNew && <Heading>{say('used_by')}</Heading>}
      {!form.isNew && <Wide><Uses id={form.value.id} /></Wide>}
    </>
  )
}

/** What is known of a contact besides name and numbers. */
function Fields({ form }: FormOf) {
  const say = useWords()
  const words = useCardWords()
  const kindTitle = useKindTitles()
  useLanguage()
  const [opened, open] = useState<number | null>(null)
  const fields = form.value.fields ?? []
  const set = (changed: ListField[]) => form.change({ fields: changed })
  const add = (kind: Kind) => {
    const { key, title, choices } = blankField(kind, fields.map((one) => one.key))
    set([...fields, { key, title, kind, choices }])
    open(fields.length)
  }
  return (
    <>
      <p className={frame.about}>{say('fields_hint')}</p>
      <Rows label={form.label('fields')} rows={fields} onChange={set} opened={opened} open={open} titleOf={({ title }) => inLanguage(title) || words('field_new')} detailOf={({ kind = 'text' }) => kindTitle(kind)}
        faultIn={(at) => ['', '.title', '.title.ru', '.title.en', '.key', '.choices'].some((place) => form.error(`fields.${at}${place}`) !== undefined)}>
        {(field, at) => <Field form={form} field={field} at={at} />}
      </Rows>
      {form.error('fields') && <p className={cards.fault}>{form.error('fields')}</p>}
      <AddField add={add} />
    </>
  )
}

function Field({ form, field, at }: FormOf & { field: ListField; at: number }) {
  const say = useWords()
  const words = useCardWords()
  const language = useLanguage()
  const kindTitle = useKindTitles()
  const fields = form.value.fields ?? []
  const before = form.published?.fields?.find(({ key }) => key === field.key)
  const set = (part: Partial<ListField>) => form.change({ fields: replaced(fields, at, { ...field, ...part }) })
  const wrong = (path: string) => form.error(`fields.${at}${path}`)
  const others = fields.filter((_, n) => n !== at).map(({ key }) => key)
  const name = (title: Title) => set(renamed(field, title, language, others, before !== undefined, 'field'))
  const kind = (chosen: Kind) => {
    const { choices = [] } = ofKind({ ...field, required: false, filled_from: null }, chosen)
    set({ kind: chosen, choices })
  }
  return (
    <>
      <TwoWords autoFocus={inLanguage(field.title) === ''} value={field.title} onChange={name} error={(of) => wrong(`.title.${of}`) ?? (of === language ? wrong('.title') : undefined)} />
      <Select<string> label={words('kind')} data={KINDS.map((one) => ({ value: one, label: kindTitle(one) }))} value={field.kind ?? 'text'} error={wrong('.kind')} onChange={(chosen) => chosen !== null && kind(chosen as Kind)} />
      <TextInput className={before ? cards.fixed : undefined} label={words('key')} description={before ? say('key_fixed') : say('key_hint', { variable: `contact_${field.key}` })} readOnly={before !== undefined} value={field.key} error={wrong('.key')}
        onChange={(event) => set({ key: event.currentTarget.value })} />
      {field.kind === 'list' && (
        <div className={cards.wide}>
          <Choices choices={field.choices ?? []} fixed={new Set(before?.choices?.map(({ key }) => key))} onChange={(choices) => set({ choices })} error={(path) => wrong(`.choices${path}`)} />
        </div>
      )}
      {wrong('') && <p className={cards.fault}>{wrong('')}</p>}
    </>
  )
}

function Uses({ id }: { id: string }) {
  const say = useWords()
  const { data: routes = [] } = useThings('route')
  const named = routes.filter(({ thing }) => thing.contact?.list === id)
  if (named.length === 0) return <p>{say('unused')}</p>
  return <p>{named.map(({ thing }, at) => <span key={thing.id}>{at > 0 && ', '}<Link to={pathOf('route', thing.id)}>{thing.title}</Link></span>)}</p>
}
