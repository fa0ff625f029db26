import { Autocomplete, Button, Switch, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { OwnNumberField } from '../extensions/OwnNumberField'
import { useOwnNumber } from '../extensions/ownNumber'
import { withBold } from '../frame/bold'
import { Choice, Effect, Heading, Pick, PickMany, Wide } from '../frame/fields'
import { KeyField } from '../frame/KeyField'
import { pathOf } from '../frame/ThingsPage'
import { LimitsFields } from '../limits/LimitsFields'
import { type Thing, useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { PhotoField } from './PhotoField'
import classes from './users.module.css'
import { MailboxFields } from './MailboxFields'
import { useWords } from './words'

export function UserForm({ form }: { form: ThingForm<'user'> }) {
  const say = useWords()
  const { choices } = form
  return (
    <>
      <TextInput {...form.text('name')} autoFocus={form.isNew} />
      <OwnNumberField form={form} hint={say('number_hint')} />
      <Wide><PickMany kind="role" {...form.field('roles')} description={say('role_hint')} /></Wide>
      <Wide><SignInName form={form} /></Wide>
      <UserEffect form={form} />
      <Wide><PhotoField form={form} /></Wide>
      <Known form={form} field="department" description={say('department_hint')} />
      <Known form={form} field="position" />
      <Choice {...form.field('language')} clearable placeholder={say('language_company')} data={choices('language')} />
      <div />
      <Switch {...form.tick('calls_in_browser')} description={say('browser_hint')} />
      <Switch {...form.tick('active')} description={say('active_hint')} />
      <Heading>{form.label('voicemail')}</Heading>
      <MailboxFields form={form} />
      <Heading>{say('outside')}</Heading>
      <Pick kind="service_class" clearable nothing={say('class_none')} {...form.field('service_class')} description={say('class_hint')} />
      <TextInput {...form.text('outside_number', 'null')} className="num" inputMode="tel" description={say('outside_number_hint')} />
      <LimitsFields value={form.value.limits} label={(limit) => form.label(`limits.${limit}`)} error={(limit) => form.error(`limits.${limit}`)} onChange={(limits) => form.change({ limits })} />
      <Heading>{say('phones')}</Heading>
      <Wide>{form.isNew ? <p className={classes.quiet}>{say('save_first')}</p> : <Phones user={form.value.id} />}</Wide>
      {!form.isNew && <Heading>{say('serves')}</Heading>}
      {!form.isNew && <Wide><Queues user={form.value.id} /></Wide>}
    </>
  )
}

function SignInName({ form }: { form: ThingForm<'user'> }) {
  const say = useWords()
  const { data: users = [] } = useThings('user')
  const taken = useMemo(() => new Set(users.map(({ thing }) => thing.id)), [users])
  return <KeyField form={form} taken={taken} words={{ label: say('sign_in_name'), hint: say('sign_in_hint') }} />
}

/** A text that others have already: departments and positions are written one way. */
function Known({ form, field, description }: { form: ThingForm<'user'>; field: 'department' | 'position'; description?: string }) {
  const { data: users = [] } = useThings('user')
  const known = [...new Set(users.map(({ thing }) => thing[field]).filter((text): text is string => Boolean(text)))].sort()
  const { value, label, error, onChange } = form.field(field)
  return <Autocomplete value={value} onChange={(text) => onChange(text as never)} label={label} error={error} data={known} description={description} />
}

function UserEffect({ form }: { form: ThingForm<'user'> }) {
  const say = useWords()
  const { number } = useOwnNumber()
  const phones = usePhonesOf(form.isNew ? '' : form.value.id).map((phone) => phone.title ?? phone.id)
  const where = [...(form.value.calls_in_browser ? [say('in_browser')] : []), ...phones].join(', ')
  const said = !form.value.active ? say('effect_out') : number === '' ? say('effect_no_number') : where === '' ? say('effect_nowhere', { number }) : say('effect_rings', { number, where })
  return <Effect>{withBold(said)}</Effect>
}

function usePhonesOf(user: string): Thing<'device'>[] {
  const { data = [] } = useThings('device')
  return data.map(({ thing }) => thing).filter((device) => device.user === user)
}

function Phones({ user }: { user: string }) {
  const say = useWords()
  const phones = usePhonesOf(user)
  return (
    <div className={classes.linked}>
      {phones.length === 0 && <span className={classes.quiet}>{say('phones_none')}</span>}
      {phones.map((phone) => <Link key={phone.id} to={pathOf('device', phone.id)}>{phone.title}</Link>)}
      <Button size="xs" component={Link} to={`${pathOf('device', '+')}?user=${user}`}>{say('add_phone')}</Button>
    </div>
  )
}

function Queues({ user }: { user: string }) {
  const say = useWords()
  const { data: queues = [] } = useThings('queue')
  const served = queues.filter(({ thing }) => thing.operators?.includes(user))
  return (
    <div className={classes.linked}>
      {served.length === 0 && <span className={classes.quiet}>{say('serves_none')}</span>}
      {served.map(({ thing }) => <Link key={thing.id} to={pathOf('queue', thing.id)}>{thing.title}</Link>)}
      {served.length === 0 && <Link to="/set-up/queues">{say('to_queues')}</Link>}
    </div>
  )
}
