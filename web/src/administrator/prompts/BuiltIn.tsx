import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, done } from '~/api/client'
import { Heading, Wide } from '../frame/fields'
import type { ThingForm } from '../frame/useThingForm'
import { LANGUAGES } from './heard'
import { Player } from './Player'
import classes from './prompts.module.css'
import { useWords } from './words'

const SHOWN = 60

/** A sound of the switch's own, found by what it says, and heard before it is taken. */
export function BuiltIn({ form }: { form: ThingForm<'prompt'> }) {
  const say = useWords()
  const { data = [] } = useQuery({ queryKey: ['built-in sounds'], queryFn: () => done(api.GET('/api/prompts/-/built-in')), staleTime: Infinity })
  const { onChange, error, ...field } = form.field('builtin')
  const chosen = form.value.builtin ?? null
  const known = data.find(({ name }) => name === chosen)
  const entries = data.map(({ name, words }) => ({ value: name, label: words === '' ? name : `${name}: ${words}` }))
  return (
    <>
      <Heading>{say('instead')}</Heading>
      <Wide>
        <Select<string> searchable clearable limit={SHOWN} data={known || chosen === null ? entries : [{ value: chosen, label: chosen }, ...entries]} placeholder={say('builtin_none')} description={say('builtin_hint')}
          {...field} error={error} onChange={(name) => onChange(name as never)} />
        {chosen !== null && data.length > 0 && !known && <p className={classes.hint}>{say('builtin_unknown')}</p>}
        {known && <div className={classes.builtin}>{LANGUAGES.filter((language) => known.languages.includes(language)).map((language) => (
          <div key={language}><span className={classes.hint}>{say(language)}</span><Player src={`/api/prompts/-/built-in/${language}/${known.name}`} name={`${known.name}, ${say(language)}`} /></div>
        ))}</div>}
      </Wide>
    </>
  )
}
