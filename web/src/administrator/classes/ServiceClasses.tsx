import { TagsInput, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { Lamp } from '~/kit/Lamp'
import { Count, Effect, Heading, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import { LimitsFields } from '../limits/LimitsFields'
import type { ThingForm } from '../frame/useThingForm'
import { decide } from './deciding'
import classes from './classes.module.css'
import { useWords } from './words'

/** Which numbers outside people may dial. */
export function ServiceClasses() {
  const say = useWords()
  const { data: users } = useThings('user')
  const section = useMemo<Section<'service_class'>>(() => {
    const holders = new Map<string, number>()
    for (const { thing } of users ?? []) if (thing.service_class) holders.set(thing.service_class, (holders.get(thing.service_class) ?? 0) + 1)
    return {
      kind: 'service_class', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
      row: ({ id, title }) => ({ title, detail: holders.has(id) ? say('people', { count: holders.get(id) }) : undefined }),
      blank: (taken) => ({ id: keyFrom('', taken, 'class'), title: '', allowed: ['*'], denied: [], most_calls: 4, each: {}, together: {} }),
      Form,
    }
  }, [say, users])
  return <ThingsPage section={section} />
}

type FormOf = { form: ThingForm<'service_class'> }

function Form({ form }: FormOf) {
  const say = useWords()
  return (
    <>
      <TextInput {...form.text('title')} autoFocus={form.isNew} />
      <Count min={1} max={1000} {...form.field('most_calls')} description={say('most_hint')} />
      <Patterns form={form} field="allowed" hint={say('allowed_hint')} />
      <Patterns form={form} field="denied" hint={say('denied_hint')} />
      <ClassEffect form={form} />
      <Heading>{form.label('each')}</Heading>
      <ClassLimits form={form} of="each" />
      <Heading>{form.label('together')}</Heading>
      <ClassLimits form={form} of="together" />
      <Heading>{say('try_number')}</Heading>
      <Wide><Try form={form} /></Wide>
      {!form.isNew && <Heading>{say('held_by')}</Heading>}
      {!form.isNew && <Wide><Holders id={form.value.id} /></Wide>}
    </>
  )
}

/** The number of calls of each person at once stands above. */
function ClassLimits({ form, of }: FormOf & { of: 'each' | 'together' }) {
  return <LimitsFields value={form.value[of]} label={(limit) => form.label(`${of}.${limit}`)} error={(limit) => form.error(`${of}.${limit}`)} onChange={(limits) => form.change({ [of]: limits })} />
}

function Patterns({ form, field, hint }: FormOf & { field: 'allowed' | 'denied'; hint: string }) {
  const say = useWords()
  const { label, error } = form.field(field)
  const value = form.value[field] ?? []
  return <TagsInput className="num" label={label} error={error} description={hint} value={value} placeholder={value.length ? undefined : say('none')} splitChars={[',', ' ', ';']}
    acceptValueOnBlur onChange={(patterns) => form.change({ [field]: patterns })} />
}

function ClassEffect({ form }: FormOf) {
  const say = useWords()
  const { allowed = [], denied = [], most_calls: most } = form.value
  return <Effect>{say('effect', { allowed: allowed.includes('*') ? say('everything') : allowed.join(', ') || say('nothing'), denied: denied.join(', ') || say('nothing'), most })}</Effect>
}

function Try({ form }: FormOf) {
  const say = useWords()
  const [typed, setTyped] = useState('')
  const number = typed.replace(/[\s()-]/g, '')
  const { may, pattern } = decide(form.value.allowed ?? [], form.value.denied ?? [], number)
  return (
    <div className={classes.try}>
      <TextInput label={say('try_number')} className="num" inputMode="tel" placeholder={say('try_hint')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      {number !== '' && <p role="status" className={classes.verdict}><Lamp state={may ? 'ready' : 'bad'} />{pattern === null ? say('not_allowed') : say(may ? 'may' : 'may_not', { pattern })}</p>}
    </div>
  )
}

function Holders({ id }: { id: string }) {
  const say = useWords()
  const { data: users = [] } = useThings('user')
  const holders = users.filter(({ thing }) => thing.service_class === id)
  if (holders.length === 0) return <p className={classes.quiet}>{say('held_by_none')} <Link to="/set-up/users">{say('to_users')}</Link></p>
  return <div className={classes.links}>{holders.map(({ thing }) => <Link key={thing.id} to={pathOf('user', thing.id)}>{thing.name}</Link>)}</div>
}
