import { useMemo, useState } from 'react'
import { keyFrom } from '../frame/keys'
import { PasswordButton } from '../frame/PasswordButton'
import { randomPassword, showOnce } from '../frame/ShownOnce'
import { type PaneProps, type Section, ThingsPage } from '../frame/ThingsPage'
import { ThingPane } from '../frame/ThingPane'
import { publish, put, type Thing } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { useWords as useFrameWords } from '../frame/words.frame'
import { lampOf, useTrunksNow } from './now'
import { OwnPasswordGiven } from './ownPassword'
import { TrunkForm } from './TrunkForm'
import { useWords } from './words'

/** Connections to carriers and other exchanges, and whether they work. */
export function Trunks() {
  const say = useWords()
  const now = useTrunksNow()
  const section = useMemo<Section<'trunk'>>(() => ({
    kind: 'trunk', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: (trunk) => ({ title: trunk.title, lamp: lampOf(now(trunk.id)), detail: trunk.host ?? trunk.username ?? undefined }),
    blank: (taken) => ({ id: keyFrom('', taken, 'trunk'), title: '', kind: 'registering', host: null, port: 5060, username: null, most_channels: 30, codecs: ['alaw', 'ulaw'], caller_id: null, tariff: null, most_outgoing: null, most_incoming: null, weight: 1, limits: {}, numbers: [], proxy: null, sources: [], keeps_caller: false, dtmf: 'auto' }),
    Form: TrunkForm, Pane: TrunkPane, Actions: TrunkPassword,
  }), [say, now])
  return <ThingsPage section={section} />
}

function TrunkPane(props: PaneProps<'trunk'>) {
  const say = useWords()
  const frame = useFrameWords()
  const [password, setPassword] = useState('')
  const save = async (trunk: Thing<'trunk'>, basedOn: number | null) => {
    // A new peer signs in to us by what we give it, so there is always a password.
    const made = props.existing === null && trunk.kind === 'peer' && password === '' ? randomPassword() : ''
    const published = await publish({ ...put('trunk', trunk, basedOn), ...((password || made) && { password: password || made }) })
    setPassword('')
    if (made) showOnce({ title: frame('password_title', { title: trunk.title }), secret: made })
    return published
  }
  const check = ({ kind, host, username }: Thing<'trunk'>): Record<string, string> => ({
    ...(kind !== 'peer' && !host ? { host: say('host_needed') } : {}),
    ...(kind !== 'by_address' && !username ? { username: say('username_needed') } : {}),
    ...(props.existing === null && kind === 'registering' && password === '' ? { password: say('password_needed') } : {}),
  })
  return (
    <OwnPasswordGiven value={{ password, setPassword }}>
      <ThingPane {...props} save={save} check={check} alsoDirty={password !== ''} alsoReset={() => setPassword('')} />
    </OwnPasswordGiven>
  )
}

function TrunkPassword({ form }: { form: ThingForm<'trunk'> }) {
  const say = useWords()
  if (form.isNew || (form.value.kind === 'by_address' && !form.value.username)) return null
  return <PasswordButton kind="trunk" id={form.value.id} title={form.value.title} consequence={say('consequence')} usually={form.value.kind === 'peer' ? 'made' : 'typed'} />
}
