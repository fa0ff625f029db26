import { useMemo } from 'react'
import { tellRefusal } from '~/kit/refusals'
import { NumberedPane } from '../extensions/NumberedPane'
import { type Numbers, numbersOf } from '../extensions/plan'
import { keyFrom } from '../frame/keys'
import { PasswordButton } from '../frame/PasswordButton'
import { showOnce } from '../frame/ShownOnce'
import { type Section, ThingsPage } from '../frame/ThingsPage'
import { things, useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { UserForm } from './UserForm'
import { useWords } from './words'

const NONE: Numbers = []

/** People who sign in: list, form, and the password of a new one. */
export function Users() {
  const say = useWords()
  const { data: numbers = NONE } = useThings('extension')
  const section = useMemo<Section<'user'>>(() => ({
    kind: 'user', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    keyWords: { label: say('sign_in_name'), hint: say('sign_in_hint') }, keyInForm: true,
    row: (user) => ({
      title: user.name, detail: numbersOf(numbers, 'user', user.id)[0]?.thing.number, faded: user.active === false, also: `${user.department} ${user.position}`,
      group: user.department || say('no_department'),
    }),
    blank: (taken) => ({ id: keyFrom('', taken, 'user'), name: '', language: null, roles: ['user'], department: '', position: '', photo: null, calls_in_browser: true, active: true, service_class: null, outside_number: null, limits: {}, voicemail: { always: false, no_answer: false, busy: false, unreachable: false, ring_for: 30, greeting: null } }),
    Form: UserForm, Pane: NumberedPane, Actions: UserPassword,
    goesWith: (user) => numbersOf(numbers, 'user', user.id).map(({ thing, version }) => ({ kind: 'extension', thing, version })),
    created: ({ id, name: who }) => void things.password('user', id, null)
      .then(({ password }) => password && showOnce({ title: say('password_of', { name: who }), secret: password, note: say('hand_over', { id }) }))
      .catch(tellRefusal),
  }), [say, numbers])
  return <ThingsPage section={section} />
}

function UserPassword({ form }: { form: ThingForm<'user'> }) {
  const say = useWords()
  if (form.isNew) return null
  return <PasswordButton kind="user" id={form.value.id} title={form.value.name} consequence={say('consequence')} />
}
