import { TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useNaming } from '../changes/Changes'
import { inUnits } from '../changes/values'
import { NumberedPane } from '../extensions/NumberedPane'
import { OwnNumberField } from '../extensions/OwnNumberField'
import { useOwnNumber } from '../extensions/ownNumber'
import { type Numbers, numbersOf } from '../extensions/plan'
import { withBold } from '../frame/bold'
import { Duration, Effect, PickMany, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { useWords } from './words'

const NONE: Numbers = []
type Form = { form: ThingForm<'paging'> }

/** Numbers by which one speaks through many phones. */
export function Pagings() {
  const say = useWords()
  const { data: numbers = NONE } = useThings('extension')
  const section = useMemo<Section<'paging'>>(() => ({
    kind: 'paging', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: ({ id, title, members }) => ({ title, detail: numbersOf(numbers, 'paging', id)[0]?.thing.number ?? say('members', { count: members.length }) }),
    blank: (taken) => ({ id: keyFrom('', taken, 'paging'), title: '', members: [], at_most: 60 }),
    Form: PagingForm, Pane: NumberedPane,
    goesWith: ({ id }) => numbersOf(numbers, 'paging', id).map(({ thing, version }) => ({ kind: 'extension', thing, version })),
  }), [say, numbers])
  return <ThingsPage section={section} />
}

function PagingForm({ form }: Form) {
  const say = useWords()
  return (
    <>
      <TextInput {...form.text('title')} autoFocus={form.isNew} />
      <OwnNumberField form={form} hint={say('number_hint')} />
      <Wide><PickMany kind="user" {...form.field('members')} description={say('members_hint')} /></Wide>
      <Duration unit="seconds" {...form.field('at_most')} description={say('at_most_hint')} />
      <div />
      <PagingEffect form={form} />
    </>
  )
}

function PagingEffect({ form }: Form) {
  const say = useWords()
  const naming = useNaming()
  const { number } = useOwnNumber()
  const { members, at_most: most = 60 } = form.value
  if (members.length === 0) return null
  const names = members.map((key) => naming('user', key)).join(', ')
  return <Effect>{withBold(number === '' ? say('effect_no_number') : say('effect', { number, names, most: inUnits(most) }))}</Effect>
}
