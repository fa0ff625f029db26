import { Autocomplete, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { inLanguage, useLanguage } from '~/kit/words'
import { replaced } from '../frame/lists'
import { AddField } from './AddField'
import { blankField, type Field, type Kind, ofKind, renamed, type Title } from './card'
import classes from './cards.module.css'
import { Choices } from './Choices'
import { useEditing } from './editing'
import { KINDS, useKindTitles } from './kinds'
import { Rows } from './Rows'
import { TwoWords } from './TwoWords'
import { useCallVariables } from './variables'
import { useWords } from './words'

export function Fields() {
  const say = useWords()
  const { card, change, wrongIn } = useEditing()
  const kindTitle = useKindTitles()
  const [opened, open] = useState<number | null>(null)
  useLanguage()
  const set = (fields: Field[]) => change({ fields })
  const add = (kind: Kind) => {
    set([...card.fields, blankField(kind, card.fields.map(({ key }) => key))])
    open(card.fields.length)
  }
  return (
    <>
      <p className={classes.hint}>{say('fields_hint')}</p>
      <Rows label={say('fields')} rows={card.fields} onChange={set} opened={opened} open={open} titleOf={(field) => inLanguage(field.title) || say('field_new')}
        detailOf={({ kind = 'text', required }) => `${kindTitle(kind)}${required ? `, ${say('required_short')}` : ''}`} faultIn={(at) => wrongIn(`fields.${at}`)}>
        {(field, at) => <FieldEditor field={field} at={at} />}
      </Rows>
      <AddField add={add} />
    </>
  )
}

function FieldEditor({ field, at }: { field: Field; at: number }) {
  const say = useWords()
  const language = useLanguage()
  const kindTitle = useKindTitles()
  const { card, change, error, fixed } = useEditing()
  const set = (part: Partial<Field>) => change({ fields: replaced(card.fields, at, { ...field, ...part }) })
  const others = card.fields.filter((_, n) => n !== at).map(({ key }) => key)
  const isFixed = fixed.fields.has(field.key)
  const name = (title: Title) => set(renamed(field, title, language, others, isFixed, 'field'))
  const wrong = (path: string) => error(`fields.${at}.${path}`)
  return (
    <>
      <TwoWords autoFocus={inLanguage(field.title) === ''} value={field.title} onChange={name} error={(of) => wrong(`title.${of}`) ?? (of === language ? wrong('title') : undefined)} />
      <Select<string> label={say('kind')} data={KINDS.map((kind) => ({ value: kind, label: kindTitle(kind) }))} value={field.kind ?? 'text'} error={wrong('kind')} onChange={(kind) => kind !== null && set(ofKind(field, kind as Kind))} />
      <FilledFrom field={field} set={set} error={wrong('filled_from')} />
      <Switch size="xs" className={classes.wide} label={say('required')} checked={field.required ?? false} onChange={(event) => set({ required: event.currentTarget.checked })} />
      {field.kind === 'list' && <div className={classes.wide}><Choices choices={field.choices ?? []} fixed={fixed.choicesOf(field.key)} onChange={(choices) => set({ choices })} error={(path) => wrong(`choices${path}`)} /></div>}
      <TextInput className={isFixed ? classes.fixed : undefined} label={say('key')} description={say(isFixed ? 'key_fixed' : 'key_hint')} readOnly={isFixed} value={field.key} error={wrong('key')} onChange={(event) => set({ key: event.currentTarget.value })} />
      {error(`fields.${at}`) && <p className={classes.fault}>{error(`fields.${at}`)}</p>}
    </>
  )
}

function FilledFrom({ field, set, error }: { field: Field; set: (part: Partial<Field>) => void; error: string | undefined }) {
  const say = useWords()
  const variables = useCallVariables()
  const about = variables.find(({ name }) => name === field.filled_from)?.about
  return (
    <Autocomplete label={say('filled_from')} placeholder={say('filled_from_none')} description={about ?? say('filled_from_hint')} error={error} clearable data={variables.map(({ name }) => name)} value={field.filled_from ?? ''}
      onChange={(name) => set({ filled_from: name === '' ? null : name })}
      renderOption={({ option }) => <div><div>{option.value}</div><div className={classes.about}>{variables.find(({ name }) => name === option.value)?.about}</div></div>} />
  )
}
