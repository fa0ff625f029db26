import { Select, Switch, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import type { Schemas } from '~/api/client'
import { Note } from '~/kit/refusals'
import { Count, Duration, Effect, Heading, Pick, PickMany, Share, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings, useTitleOf } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { useWords as useFrameWords } from '../frame/words.frame'
import { MAIN } from '../projects/held'
import { PickProject } from '../projects/PickProject'
import { effectOf, STRATEGY_ABOUT, withoutRight } from './effect'
import classes from './queues.module.css'
import { useWords } from './words'

export function Queues() {
  const say = useWords()
  const project = useTitleOf('project')
  const { data: projects = [] } = useThings('project')
  const section = useMemo<Section<'queue'>>(() => ({
    kind: 'queue', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: (queue) => ({
      title: queue.title, detail: say('operators_count', { count: queue.operators?.length ?? 0 }), lamp: queue.operators?.length ? undefined : 'warn',
      group: projects.length > 1 ? project(queue.project ?? MAIN) : undefined,
    }),
    blank: (taken) => ({
      id: keyFrom('', taken, 'queue'), title: '', project: MAIN, operators: [], strategy: 'longest_idle', weight: 10, ring_for: 20, give_up_after: 600, most_waiting: 100,
      missed_call_takes_out: true, record: true, card: null, wrap_up_limit: 180, norm: { within: 20, share: 0.8 },
    }),
    Form,
  }), [say, project, projects.length])
  return <ThingsPage section={section} />
}

function Form({ form }: { form: ThingForm<'queue'> }) {
  const say = useWords()
  return (
    <>
      <TextInput {...form.text('title')} autoFocus={form.isNew} />
      <Pick kind="card" clearable nothing={say('card_none')} {...form.field('card')} description={say('card_hint')} />
      <Wide>
        <PickMany kind="user" nothing={say('operators_nobody')} {...form.field('operators')} description={say('operators_hint')} />
        <NotServing form={form} />
      </Wide>
      <Strategy form={form} />
      <Duration unit="seconds" {...form.field('ring_for')} />
      <QueueEffect form={form} />
      <Heading>{say('waiting')}</Heading>
      <Duration unit="minutes" {...form.field('give_up_after')} />
      <Count min={1} max={10_000} {...form.field('most_waiting')} description={say('most_waiting_hint')} />
      <Heading>{say('after')}</Heading>
      <Duration unit="seconds" empty={say('wrap_up_empty')} {...form.field('wrap_up_limit')} description={say('wrap_up_hint')} />
      <div className={classes.ticks}>
        <Switch size="xs" {...form.tick('missed_call_takes_out')} description={say('missed_hint')} />
        <Switch size="xs" {...form.tick('record')} description={say('record_hint')} />
      </div>
      <Heading>{say('promise')}</Heading>
      <Duration unit="seconds" {...form.field('norm.within')} />
      <Share {...form.field('norm.share')} description={say('share_hint')} />
      <Heading>{say('among')}</Heading>
      <Count min={0} max={100} {...form.field('weight')} description={say('weight_hint')} />
      <PickProject {...form.field('project')} description={say('project_hint')} />
    </>
  )
}

function Strategy({ form }: { form: ThingForm<'queue'> }) {
  const say = useWords()
  const about = (kind: string) => say(STRATEGY_ABOUT[kind as Schemas['StrategyKind']])
  const { onChange, ...strategy } = form.field('strategy')
  return (
    <Select<string> {...strategy} data={form.choices('strategy')} onChange={(kind) => onChange(kind as never)} description={about(form.value.strategy ?? 'longest_idle')}
      renderOption={({ option }) => <div><div>{option.label}</div><div className={classes.about}>{about(option.value)}</div></div>} />
  )
}

function NotServing({ form }: { form: ThingForm<'queue'> }) {
  const say = useWords()
  const user = useTitleOf('user')
  const { data: users } = useThings('user')
  const { data: roles } = useThings('role')
  const lacking = users && roles ? withoutRight(form.value.operators ?? [], users, roles) : []
  if (lacking.length === 0) return null
  return <Note tone="warn">{say('not_serving', { count: lacking.length, names: lacking.map(user).join(', ') })}</Note>
}

function QueueEffect({ form }: { form: ThingForm<'queue'> }) {
  const say = useWords()
  const user = useTitleOf('user')
  const card = useTitleOf('card')
  const sentences = effectOf(form.value, { user, card })
  if (sentences.length === 0) return <Wide><Note tone="warn">{say('nobody')}</Note></Wide>
  return <Effect>{sentences.join(' ')} {!form.isNew && <Reached queue={form.value.id} />}</Effect>
}

/** Which numbers and routes lead here. */
function Reached({ queue }: { queue: string }) {
  const say = useWords()
  const kinds = useFrameWords()
  const { data: extensions = [] } = useThings('extension')
  const { data: routes = [] } = useThings('route')
  const here = ({ thing }: { thing: { target: { kind: string; key: string } } }) => thing.target.kind === 'queue' && thing.target.key === queue
  const numbers = extensions.filter(here).map(({ thing }) => ({ kind: 'extension' as const, key: thing.number, title: thing.number }))
  const leading = [...numbers, ...routes.filter(here).map(({ thing }) => ({ kind: 'route' as const, key: thing.id, title: thing.title }))]
  if (leading.length === 0) return null
  return (
    <span>
      {say('in_numbers')}{' '}
      {leading.map(({ kind, key, title }, at) => <span key={`${kind} ${key}`}>{at > 0 && ', '}<Link to={pathOf(kind, key)}>{kinds(`kind_${kind}`)} {title}</Link></span>)}.
    </span>
  )
}
