import { Loader, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { RefusalNote } from '~/kit/refusals'
import { language } from '~/kit/words'
import { useKinds } from '../changes/Changes'
import { PickNumber } from '../extensions/PickNumber'
import { Choice, Duration, Heading, Wide } from '../frame/fields'
import frame from '../frame/frame.module.css'
import type { Section } from '../frame/ThingsPage'
import { ThingPane } from '../frame/ThingPane'
import { type Thing, useThings, type Versioned } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { Breaks } from './Breaks'
import { Emergency } from './Emergency'
import { Fraud } from './Fraud'
import { Lockouts } from './Lockouts'
import { useCountries, useZones } from './places'
import classes from './company.module.css'
import { useWords } from './words'

const NO_KEYS: ReadonlySet<string> = new Set()
const TALK_KEYS = ['hold', 'consult', 'send_on', 'park', 'join'] as const

/** What holds for the whole house: one form, no list. */
export function Company() {
  const say = useWords()
  const { data, error } = useThings('company')
  const kinds = useKinds()
  const section = useMemo<Section<'company'>>(() => ({
    kind: 'company', name: say('name'), add: null, empty: { title: '', text: '' }, row: ({ name }) => ({ title: name ?? '' }),
    blank: () => data?.[0]?.thing as Thing<'company'>, Form, removable: () => false,
  }), [say, data])
  if (error && !data) return <div className={frame.whole}><RefusalNote why={error} /></div>
  if (!data || !kinds.data) return <div className={frame.whole}><Loader size="sm" color="var(--ink3)" /></div>
  return <ThingPane section={section} existing={data[0] ? suggested(data[0]) : null} taken={NO_KEYS} asShown={data[0]?.version === 0} made={() => undefined} />
}

/** A company that nobody has set yet begins with the language and the clock of whoever sets it. */
function suggested(company: Versioned<Thing<'company'>>): Versioned<Thing<'company'>> {
  if (company.version > 0) return company
  return { version: 0, thing: { ...company.thing, language: language(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone || company.thing.zone } }
}

function Form({ form }: { form: ThingForm<'company'> }) {
  const say = useWords()
  const zones = useZones(form.value.zone)
  const countries = useCountries()
  return (
    <>
      <TextInput {...form.text('name')} />
      <Choice {...form.field('language')} data={form.choices('language')} description={say('language_hint')} />
      <Choice searchable {...form.field('zone')} data={zones} description={say('zone_hint')} />
      <Choice searchable {...form.field('country')} data={countries} description={say('country_hint')} />
      <TextInput {...form.text('currency')} description={say('currency_hint')} />
      <Heading>{say('emergency')}</Heading>
      <Wide><Emergency form={form} /></Wide>
      <Heading>{say('away')}</Heading>
      <Wide><p className={classes.about}>{say('away_about')}</p></Wide>
      <Duration unit="seconds" {...form.field('held_before_last_resort')} />
      <PickNumber clearable nothing={say('last_resort_none')} {...form.field('last_resort')} />
      <Heading>{say('parking')}</Heading>
      <Duration unit="seconds" {...form.field('park_for')} />
      <Heading>{say('recordings')}</Heading>
      <Duration unit="days" {...form.field('recordings_kept_for')} description={say('recordings_about')} />
      <TextInput className="num" {...form.text('recording_code')} description={say('recording_code_hint')} />
      <Heading>{form.label('voicemail')}</Heading>
      <Duration unit="seconds" {...form.field('voicemail.longest')} description={say('voicemail_about')} />
      <Duration unit="seconds" {...form.field('voicemail.silence')} />
      <Heading>{form.label('talk_keys')}</Heading>
      <Wide><p className={classes.about}>{say('talk_keys_about')}</p></Wide>
      {TALK_KEYS.map((key) => <TextInput key={key} className="num" {...form.text(`talk_keys.${key}`)} />)}
      <Heading>{form.label('fraud')}</Heading>
      <Wide><p className={classes.about}>{say('fraud_about')}</p></Wide>
      <Fraud form={form} />
      <Heading>{form.label('lockouts')}</Heading>
      <Wide><p className={classes.about}>{say('lockouts_about')}</p></Wide>
      <Lockouts form={form} />
      <Heading>{say('breaks')}</Heading>
      <Wide><Breaks form={form} /></Wide>
    </>
  )
}
