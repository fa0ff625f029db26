import { PasswordInput, Switch, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Lamp } from '~/kit/Lamp'
import { asPhone } from '~/kit/numbers'
import { withBold } from '../frame/bold'
import { NumberedPane } from '../extensions/NumberedPane'
import { OwnNumberField } from '../extensions/OwnNumberField'
import { useOwnNumber } from '../extensions/ownNumber'
import { type Numbers, numbersOf } from '../extensions/plan'
import { Count, Effect, Heading, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { type PaneProps, type Section, ThingsPage } from '../frame/ThingsPage'
import { type Thing, useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { lampOf, useRoomNow } from './now'
import { OwnPinGiven, PIN, useOwnPin } from './ownPin'
import classes from './rooms.module.css'
import { useWords } from './words'

const NONE: Numbers = []
type Form = { form: ThingForm<'room'> }

/** Rooms in which all who call their number talk with each other. */
export function Rooms() {
  const say = useWords()
  const { data: numbers = NONE } = useThings('extension')
  const section = useMemo<Section<'room'>>(() => ({
    kind: 'room', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: ({ id, title }) => ({ title, detail: numbersOf(numbers, 'room', id)[0]?.thing.number }),
    blank: (taken) => ({ id: keyFrom('', taken, 'room'), title: '', asks_pin: false, most: 20, record: false }),
    Form: RoomForm, Pane: RoomPane,
    goesWith: ({ id }) => numbersOf(numbers, 'room', id).map(({ thing, version }) => ({ kind: 'extension', thing, version })),
  }), [say, numbers])
  return <ThingsPage section={section} />
}

/** The PIN is typed in the form, and published with the room. */
function RoomPane(props: PaneProps<'room'>) {
  const say = useWords()
  const [pin, setPin] = useState('')
  const now = useRoomNow(props.existing?.thing.id)
  const given = useMemo(() => ({ pin, setPin }), [pin])
  const check = ({ asks_pin: asks }: Thing<'room'>): Record<string, string> => {
    if (asks !== true || PIN.test(pin)) return {}
    if (pin !== '') return { password: say('pin_form') }
    return now?.has_pin ? {} : { password: say('pin_needed') }
  }
  return (
    <OwnPinGiven value={given}>
      <NumberedPane {...props} check={check} password={pin} forget={() => setPin('')} />
    </OwnPinGiven>
  )
}

function RoomForm({ form }: Form) {
  const say = useWords()
  return (
    <>
      {!form.isNew && <Wide><RoomState room={form.value.id} /></Wide>}
      <TextInput {...form.text('title')} autoFocus={form.isNew} />
      <OwnNumberField form={form} hint={say('number_hint')} />
      <Switch size="xs" {...form.tick('asks_pin')} description={say('asks_pin_hint')} />
      <Switch size="xs" {...form.tick('record')} description={say('record_hint')} />
      <Count min={2} max={20} {...form.field('most')} description={say('most_hint')} />
      {form.value.asks_pin ? <PinField form={form} /> : <div />}
      <RoomEffect form={form} />
      {!form.isNew && <Heading>{say('inside')}</Heading>}
      {!form.isNew && <Wide><Inside room={form.value.id} /></Wide>}
    </>
  )
}

function PinField({ form }: Form) {
  const say = useWords()
  const { pin, setPin } = useOwnPin()
  const now = useRoomNow(form.isNew ? undefined : form.value.id)
  return (
    <PasswordInput label={say('pin')} description={say(now?.has_pin ? 'pin_stays' : 'pin_hint')} autoComplete="off" inputMode="numeric" value={pin} error={form.error('password')}
      onChange={(event) => setPin(event.currentTarget.value)} />
  )
}

function RoomEffect({ form }: Form) {
  const say = useWords()
  const { number } = useOwnNumber()
  if (number === '') return null
  return <Effect>{withBold(say(form.value.asks_pin ? 'effect_pin' : 'effect', { number, most: form.value.most ?? 20 }))}</Effect>
}

function RoomState({ room }: { room: string }) {
  const say = useWords()
  const now = useRoomNow(room)
  const count = now?.people.filter(({ ringing }) => !ringing).length ?? 0
  return <div className={classes.state} role="status"><Lamp state={count > 0 ? 'talking' : 'off'} /><b>{count > 0 ? say('people', { count }) : say('nobody')}</b></div>
}

/** Who is in the room at this moment. */
function Inside({ room }: { room: string }) {
  const say = useWords()
  const people = useRoomNow(room)?.people ?? []
  if (people.length === 0) return <p className={classes.quiet}>{say('nobody_text')}</p>
  return (
    <ul className={classes.people}>
      {people.map((person, at) => <li key={at}><Lamp state={lampOf(person)} />{person.other.name || asPhone(person.other.number) || say('somebody')}</li>)}
    </ul>
  )
}
