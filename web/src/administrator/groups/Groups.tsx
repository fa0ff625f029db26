import { Switch, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { useNaming } from '../changes/Changes'
import { inUnits } from '../changes/values'
import { NumberedPane } from '../extensions/NumberedPane'
import { OwnNumberField } from '../extensions/OwnNumberField'
import { PickNumber, useNumberWords } from '../extensions/PickNumber'
import { type Numbers, numbersOf } from '../extensions/plan'
import { Choice, Duration, Effect, Heading, PickMany, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import classes from './groups.module.css'
import { useWords } from './words'

const NONE: Numbers = []
type Form = { form: ThingForm<'group'> }

/** People behind one number. */
export function Groups() {
  const say = useWords()
  const { data: numbers = NONE } = useThings('extension')
  const section = useMemo<Section<'group'>>(() => ({
    kind: 'group', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: ({ id, title, members }) => ({ title, detail: numbersOf(numbers, 'group', id)[0]?.thing.number ?? say('members', { count: members.length }) }),
    blank: (taken) => ({ id: keyFrom('', taken, 'group'), title: '', members: [], strategy: 'all', ring_each: 20, ring_for: 60, skip_busy: true, overflow: null, record: false }),
    Form: GroupForm, Pane: NumberedPane,
    goesWith: ({ id }) => numbersOf(numbers, 'group', id).map(({ thing, version }) => ({ kind: 'extension', thing, version })),
  }), [say, numbers])
  return <ThingsPage section={section} />
}

function GroupForm({ form }: Form) {
  const say = useWords()
  const allAtOnce = form.value.strategy === 'all'
  return (
    <>
      <TextInput {...form.text('title')} autoFocus={form.isNew} />
      <OwnNumberField form={form} hint={say('number_hint')} />
      <Wide><PickMany kind="user" {...form.field('members')} description={allAtOnce ? undefined : say('members_hint')} /></Wide>
      <Choice {...form.field('strategy')} data={form.choices('strategy')} />
      {allAtOnce ? <div /> : <Duration unit="seconds" {...form.field('ring_each')} description={say('ring_each_hint')} />}
      <Duration unit="seconds" {...form.field('ring_for')} />
      <PickNumber clearable nothing={say('overflow_none')} {...form.field('overflow')} />
      <GroupEffect form={form} />
      <Switch size="xs" {...form.tick('skip_busy')} description={say('skip_hint')} />
      <Switch size="xs" {...form.tick('record')} description={say('record_hint')} />
      {!form.isNew && <Heading>{say('reached')}</Heading>}
      {!form.isNew && <Wide><Reached group={form.value.id} /></Wide>}
    </>
  )
}

function GroupEffect({ form }: Form) {
  const say = useWords()
  const naming = useNaming()
  const numberWords = useNumberWords()
  const { members, strategy, ring_each: each = 20, ring_for: all = 60, overflow } = form.value
  if (members.length === 0) return null
  const names = members.map((key) => naming('user', key)).join(', ')
  const who = strategy === 'all' ? say('effect_all', { names, all: inUnits(all) }) : say('effect_each', { names, each: inUnits(each), all: inUnits(all) })
  return <Effect>{who} {overflow ? say('effect_nobody', { overflow: numberWords(overflow) }) : say('effect_end')}</Effect>
}

/** Which numbers and routes lead here. */
function Reached({ group }: { group: string }) {
  const say = useWords()
  const { data: numbers = NONE } = useThings('extension')
  const { data: routes = [] } = useThings('route')
  const leading = [
    ...numbersOf(numbers, 'group', group).map(({ thing }) => ({ to: pathOf('extension', thing.number), title: thing.number })),
    ...routes.filter(({ thing }) => thing.target.kind === 'group' && thing.target.key === group).map(({ thing }) => ({ to: pathOf('route', thing.id), title: thing.title })),
  ]
  if (leading.length === 0) return <p className={classes.quiet}>{say('reached_none')}</p>
  return <div className={classes.links}>{leading.map(({ to, title }) => <Link key={to} to={to}>{title}</Link>)}</div>
}
