import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { Schemas } from '~/api/client'
import { Note } from '~/kit/refusals'
import { useLanguage } from '~/kit/words'
import { Duration } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { replaced, without } from '../frame/lists'
import type { ThingForm } from '../frame/useThingForm'
import classes from './company.module.css'
import { useWords } from './words'

type Kind = Schemas['Company-Output']['breaks'][number]

/** Kinds of breaks that operators choose from. */
export function Breaks({ form }: { form: ThingForm<'company'> }) {
  const say = useWords()
  const kinds = form.value.breaks ?? []
  const set = (breaks: Kind[]) => form.change({ breaks })
  const fresh = (): Kind => ({ key: keyFrom('', new Set(kinds.map(({ key }) => key)), 'break'), title: { en: '', ru: '' }, limit: null })
  return (
    <div className={classes.lines}>
      <p className={classes.about}>{say('breaks_about')}</p>
      {kinds.map((kind, at) => <Line key={kind.key} form={form} kind={kind} at={at} change={(part) => set(replaced(kinds, at, { ...kind, ...part }))} drop={() => set(without(kinds, at))} />)}
      {form.error('breaks') && <Note tone="bad">{form.error('breaks')}</Note>}
      <div><Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => set([...kinds, fresh()])}>{say('add_break')}</Button></div>
    </div>
  )
}

interface LineProps {
  form: ThingForm<'company'>
  kind: Kind
  at: number
  change: (part: Partial<Kind>) => void
  drop: () => void
}

function Line({ form, kind, at, change, drop }: LineProps) {
  const say = useWords()
  const language = useLanguage()
  const { error } = form
  const title = (of: 'en' | 'ru') => (
    <TextInput label={say(`break_${of}`)} value={kind.title[of]} error={error(`breaks.${at}.title.${of}`)} onChange={(event) => change({ title: { ...kind.title, [of]: event.currentTarget.value } })} />
  )
  return (
    <div className={classes.break}>
      {title(language)}
      {title(language === 'ru' ? 'en' : 'ru')}
      <Duration unit="minutes" label={say('break_limit')} empty={say('break_no_limit')} value={kind.limit ?? null} error={error(`breaks.${at}.limit`)} onChange={(limit) => change({ limit })} />
      <ActionIcon variant="subtle" color="gray" aria-label={say('drop', { what: kind.title[language] || say('new_break') })} onClick={drop}><IconX size={15} /></ActionIcon>
    </div>
  )
}
