import { MultiSelect, NumberInput, PasswordInput, Radio, Switch, TagsInput, TextInput } from '@mantine/core'
import type { Schemas } from '~/api/client'
import { withBold } from '../frame/bold'
import { Choice, Count, Effect, Heading, Pick, Wide } from '../frame/fields'
import { LimitsFields } from '../limits/LimitsFields'
import type { ThingForm } from '../frame/useThingForm'
import { useOwnPassword } from './ownPassword'
import { TrunkState } from './TrunkState'
import { TrunkUses } from './TrunkUses'
import classes from './trunks.module.css'
import { useWords } from './words'

type Form = { form: ThingForm<'trunk'> }
type Kind = Schemas['TrunkKind']

export function TrunkForm({ form }: Form) {
  const say = useWords()
  const byAddress = form.value.kind === 'by_address'
  return (
    <>
      {!form.isNew && <Wide><TrunkState trunk={form.value.id} /></Wide>}
      <TextInput {...form.text('title')} autoFocus={form.isNew} />
      <div />
      <Wide><KindChoice form={form} /></Wide>
      <HostField form={form} />
      <PortField form={form} />
      <TextInput {...form.text('username', 'null')} autoComplete="off" description={say(form.value.kind === 'peer' ? 'username_peer_hint' : 'username_hint')} />
      {form.isNew && (!byAddress || form.value.username) ? <PasswordField form={form} /> : <div />}
      <TrunkEffect form={form} />
      <Heading>{say('more')}</Heading>
      <Count min={1} max={10_000} {...form.field('most_channels')} description={say('channels_hint')} />
      <TextInput {...form.text('caller_id', 'null')} className="num" inputMode="tel" description={say('caller_id_hint')} />
      <TextInput {...form.text('proxy', 'null')} autoComplete="off" placeholder="proxy.example.com:5060" description={say('proxy_hint')} />
      {form.value.kind === 'peer' ? <div /> : <Tags form={form} field="sources" hint={say('sources_hint')} />}
      <Wide><CodecsField form={form} /></Wide>
      <Tags form={form} field="numbers" hint={say('numbers_hint')} />
      <Choice {...form.field('dtmf')} data={form.choices('dtmf')} />
      <Wide><Switch {...form.tick('keeps_caller')} description={say('keeps_caller_hint')} /></Wide>
      <Heading>{say('load')}</Heading>
      <Some form={form} field="most_outgoing" />
      <Some form={form} field="most_incoming" />
      <Count min={1} max={100} {...form.field('weight')} description={say('weight_hint')} />
      <Pick kind="tariff" clearable nothing={say('tariff_none')} {...form.field('tariff')} description={say('tariff_hint')} />
      <LimitsFields value={form.value.limits} label={(limit) => form.label(`limits.${limit}`)} error={(limit) => form.error(`limits.${limit}`)} onChange={(limits) => form.change({ limits })} />
      {!form.isNew && <Heading>{say('used_by')}</Heading>}
      {!form.isNew && <Wide><TrunkUses trunk={form.value.id} /></Wide>}
    </>
  )
}

/** How the two sides know each other; decides which fields are needed. */
function KindChoice({ form }: Form) {
  const say = useWords()
  const { value, label, error } = form.field('kind')
  return (
    <Radio.Group value={value} label={label} error={error} onChange={(kind) => form.change({ kind: kind as Kind, ...(kind === 'peer' && { sources: [] }) })}>
      <div className={classes.kinds}>
        {form.choices('kind').map((kind) => <Radio size="xs" key={kind.value} value={kind.value} label={kind.label} description={say(`${kind.value as Kind}_about`)} />)}
      </div>
    </Radio.Group>
  )
}

function HostField({ form }: Form) {
  const say = useWords()
  const hint = ({ registering: 'host_hint', by_address: 'host_address_hint', peer: 'host_peer_hint' } as const)[form.value.kind]
  return <TextInput {...form.text('host', 'null')} autoComplete="off" placeholder="sip.example.com" description={say(hint)} />
}

function PortField({ form }: Form) {
  const { label, error, value } = form.field('port')
  return <NumberInput label={label} error={error} value={value} min={1} max={65_535} allowDecimal={false} thousandSeparator="" onChange={(port) => port !== '' && form.change({ port: Number(port) })} />
}

function PasswordField({ form }: Form) {
  const say = useWords()
  const { password, setPassword } = useOwnPassword()
  const hint = ({ registering: 'password_hint', by_address: 'password_address_hint', peer: 'password_peer_hint' } as const)[form.value.kind]
  return <PasswordInput label={say('password')} autoComplete="new-password" value={password} error={form.error('password')} description={say(hint)} onChange={(event) => setPassword(event.currentTarget.value)} />
}

function Tags({ form, field, hint }: Form & { field: 'numbers' | 'sources'; hint: string }) {
  return <TagsInput className="num" label={form.label(field)} error={form.error(field)} description={hint} value={form.value[field] ?? []} splitChars={[',', ' ', ';']} acceptValueOnBlur
    onChange={(typed) => form.change({ [field]: typed })} />
}

/** So many of the channels; empty: all of them. */
function Some({ form, field }: Form & { field: 'most_outgoing' | 'most_incoming' }) {
  const say = useWords()
  return <NumberInput label={form.label(field)} error={form.error(field)} placeholder={say('channels_all')} min={1} max={10_000} allowDecimal={false} value={form.value[field] ?? ''}
    onChange={(typed) => form.change({ [field]: typed === '' ? null : Number(typed) })} />
}

function CodecsField({ form }: Form) {
  const say = useWords()
  const { label, error } = form.field('codecs')
  return <MultiSelect label={label} error={error} description={say('codecs_hint')} data={form.choices('codecs')} hidePickedOptions value={form.value.codecs ?? []} onChange={(codecs) => form.change({ codecs: codecs as Schemas['Trunk-Output']['codecs'] })} />
}

/** What the line will do, once it has all that it needs. */
function TrunkEffect({ form }: Form) {
  const say = useWords()
  const { kind, host, port, username, most_channels: channels } = form.value
  if ((kind !== 'peer' && !host) || (kind !== 'by_address' && !username)) return null
  return <Effect>{withBold(say(`effect_${kind}`, { host, port, username, channels }))}</Effect>
}
