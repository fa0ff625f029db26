import { TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { ModeSwitch, useModesNow } from '~/kit/modes/ModeSwitch'
import { Heading, Pick, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { useWords } from './words'

/** Switches between day and night: what they are, and how they are thrown now. */
export function Modes() {
  const say = useWords()
  const section = useMemo<Section<'mode'>>(() => ({
    kind: 'mode', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: ({ title }) => ({ title }),
    blank: (taken) => ({ id: keyFrom('', taken, 'mode'), title: '', calendar: null }),
    Form,
  }), [say])
  return <ThingsPage section={section} />
}

type FormOf = { form: ThingForm<'mode'> }

function Form({ form }: FormOf) {
  const say = useWords()
  return (
    <>
      <TextInput {...form.text('title')} autoFocus={form.isNew} />
      <Pick kind="calendar" clearable nothing={say('no_calendar')} {...form.field('calendar')} description={say('calendar_hint')} />
      {!form.isNew && <Now id={form.value.id} />}
      <Wide><p>{say('right')}</p></Wide>
    </>
  )
}

function Now({ id }: { id: string }) {
  const say = useWords()
  const { data: modes = [] } = useModesNow()
  const mode = modes.find((one) => one.mode === id)
  return (
    <>
      <Heading>{say('now')}</Heading>
      <Wide>{mode && <ModeSwitch mode={mode} />}</Wide>
      <Heading>{say('code')}</Heading>
      <Wide><Codes id={id} /></Wide>
      <Heading>{say('used_by')}</Heading>
      <Wide><Uses id={id} /></Wide>
    </>
  )
}

function Codes({ id }: { id: string }) {
  const say = useWords()
  const { data: extensions = [] } = useThings('extension')
  const codes = extensions.map(({ thing }) => thing).filter(({ target }) => target.kind === 'mode' && target.key === id).map(({ number }) => number)
  if (codes.length > 0) return <p className="num">{say('code_is', { numbers: codes.join(', ') })}</p>
  return <p>{say('code_none')} <Link to={`${pathOf('extension', '+')}?mode=${id}`}>{say('code_make')}</Link></p>
}

function Uses({ id }: { id: string }) {
  const say = useWords()
  const { data: routes = [] } = useThings('route')
  const named = routes.filter(({ thing }) => thing.mode === id)
  if (named.length === 0) return <p>{say('unused')}</p>
  return <p>{named.map(({ thing }, at) => <span key={thing.id}>{at > 0 && ', '}<Link to={pathOf('route', thing.id)}>{thing.title}</Link></span>)}</p>
}
