import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useNaming } from '../changes/Changes'
import { keyFrom } from '../frame/keys'
import { PasswordButton } from '../frame/PasswordButton'
import { randomPassword, showOnce } from '../frame/ShownOnce'
import { type PaneProps, type Section, ThingsPage } from '../frame/ThingsPage'
import { ThingPane } from '../frame/ThingPane'
import { publish, put, type Thing } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { useWords as useFrameWords } from '../frame/words.frame'
import { DeviceForm } from './DeviceForm'
import { lampOf, useDevicesNow } from './now'
import { useWords } from './words'

/** Desk phones and softphones, and whether they are registered. */
export function Devices() {
  const say = useWords()
  const naming = useNaming()
  const now = useDevicesNow()
  const [query] = useSearchParams()
  const wanted = query.get('user') ?? ''
  const section = useMemo<Section<'device'>>(() => ({
    kind: 'device', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    keyWords: { label: say('sign_in_name'), hint: say('sign_in_hint') }, keySource: ({ user }) => user,
    row: ({ id, user, title }) => ({ title: naming('user', user), detail: title, lamp: lampOf(now(id)) }),
    blank: (taken) => ({ id: keyFrom(wanted, taken, 'device'), user: wanted, title: say('new_title'), kind: 'sip', most_contacts: 1 }),
    check: ({ user }): Record<string, string> => (user === '' ? { user: say('choose_user') } : {}),
    Form: DeviceForm, Pane: DevicePane, Actions: DevicePassword,
  }), [say, naming, now, wanted])
  return <ThingsPage section={section} />
}

/** A new phone gets its password at once; it is shown once, with the name that goes with it. */
function DevicePane(props: PaneProps<'device'>) {
  const say = useWords()
  const frame = useFrameWords()
  const save = async (device: Thing<'device'>, basedOn: number | null) => {
    const password = props.existing === null ? randomPassword() : undefined
    const published = await publish({ ...put('device', device, basedOn), ...(password && { password }) })
    if (password) showOnce({ title: frame('password_title', { title: device.title ?? device.id }), secret: password, note: say('hand_over', { id: device.id }) })
    return published
  }
  return <ThingPane {...props} save={save} />
}

function DevicePassword({ form }: { form: ThingForm<'device'> }) {
  const say = useWords()
  if (form.isNew) return null
  return <PasswordButton kind="device" id={form.value.id} title={form.value.title ?? form.value.id} consequence={say('consequence')} />
}
