import { Textarea, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { Effect, Heading, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { pasted } from './pasted'
import { useWords } from './words'

/** Numbers that routes treat alike. */
export function CallerLists() {
  const say = useWords()
  const section = useMemo<Section<'caller_list'>>(() => ({
    kind: 'caller_list', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: ({ title, numbers = [] }) => ({ title, detail: String(numbers.length) }),
    blank: (taken) => ({ id: keyFrom('', taken, 'list'), title: '', numbers: [] }),
    Form,
  }), [say])
  return <ThingsPage section={section} />
}

type FormOf = { form: ThingForm<'caller_list'> }

function Form({ form }: FormOf) {
  const say = useWords()
  const { numbers = [] } = form.value
  return (
    <>
      <Wide><TextInput {...form.text('title')} autoFocus={form.isNew} /></Wide>
      <Wide><Numbers key={form.version} form={form} /></Wide>
      <Effect>{say('count', { count: numbers.length })}</Effect>
      {!form.isNew && <Heading>{say('used_by')}</Heading>}
      {!form.isNew && <Wide><Uses id={form.value.id} /></Wide>}
    </>
  )
}

/** The text stays as it is typed; what it means is kept. */
function Numbers({ form }: FormOf) {
  const say = useWords()
  const [typed, setTyped] = useState((form.value.numbers ?? []).join('\n'))
  return <Textarea className="num" label={form.label('numbers')} error={form.error('numbers')} description={say('numbers_hint')} autosize minRows={6} maxRows={18} value={typed}
    onChange={({ currentTarget: { value } }) => {
      setTyped(value)
      form.change({ numbers: pasted(value) })
    }} />
}

function Uses({ id }: { id: string }) {
  const say = useWords()
  const { data: routes = [] } = useThings('route')
  const named = routes.filter(({ thing }) => thing.caller_lists?.includes(id))
  if (named.length === 0) return <p>{say('unused')}</p>
  return <p>{named.map(({ thing }, at) => <span key={thing.id}>{at > 0 && ', '}<Link to={pathOf('route', thing.id)}>{thing.title}</Link></span>)}</p>
}
