import { Autocomplete, Select, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, done, type Schemas } from '~/api/client'
import { Lamp } from '~/kit/Lamp'
import { RefusalNote } from '~/kit/refusals'
import { useNaming } from '../changes/Changes'
import { targetWords } from '../extensions/targets'
import { useWhatHappens } from '../extensions/what'
import { testKey, type Thing, useThings } from '../frame/things'
import { Considered } from './Considered'
import { useCalledLately } from './lately'
import { MomentField, useMomentOf } from './MomentField'
import classes from './routes.module.css'
import { useWords } from './words'

type Tested = Schemas['Tested']
interface Call {
  trunk: string
  dialled: string
  caller: string
  /** By the company's clock, `2026-12-31T15:00`; empty: now. */
  moment: string
}

/** Where a call would go; with a route that is being drawn in its place, if one is given. */
export function TestBox({ instead, trunk }: { instead?: Thing<'route'>; trunk?: string }) {
  const say = useWords()
  const { data: trunks = [] } = useThings('trunk')
  const { data: called = [] } = useCalledLately()
  const [typed, setTyped] = useState<Partial<Call>>({})
  const line = typed.trunk ?? trunk ?? trunks[0]?.thing.id ?? ''
  const own = trunks.find(({ thing }) => thing.id === line)?.thing.caller_id
  const call: Call = { trunk: line, dialled: typed.dialled ?? called[0] ?? own ?? '', caller: typed.caller ?? '', moment: typed.moment ?? '' }
  const set = (part: Partial<Call>) => setTyped({ ...typed, ...part })
  if (trunks.length === 0) return <p className={classes.quiet}>{say('no_trunk')} <Link to="/set-up/trunks/+">{say('to_trunks')}</Link></p>
  return (
    <div className={classes.box}>
      <div className={classes.call}>
        <Select label={say('trunk')} data={trunks.map(({ thing }) => ({ value: thing.id, label: thing.title }))} value={call.trunk} onChange={(chosen) => set({ trunk: chosen ?? '' })} />
        <Autocomplete label={say('dialled')} className="num" inputMode="tel" data={called.length ? [{ group: say('lately'), items: called }] : []} filter={({ options }) => options} description={say('dialled_hint')}
          value={call.dialled} onChange={(dialled) => set({ dialled })} />
        <TextInput label={say('caller')} className="num" inputMode="tel" placeholder={say('caller_unknown')} value={call.caller} onChange={(event) => set({ caller: event.currentTarget.value })} />
        <MomentField value={call.moment} onChange={(moment) => set({ moment })} />
      </div>
      {call.dialled !== '' && <Outcome call={call} instead={instead} />}
    </div>
  )
}

function ask({ trunk, dialled, caller }: Call, at: string | undefined, instead: Thing<'route'> | undefined): Promise<Tested> {
  if (!instead) return done(api.GET('/api/routes/-/test', { params: { query: { trunk, dialled, caller, moment: at } } }))
  return done(api.POST('/api/routes/-/try', { body: { route: instead, trunk, dialled, caller, moment: at ?? null } }))
}

function Outcome({ call, instead }: { call: Call; instead: Thing<'route'> | undefined }) {
  const momentOf = useMomentOf()
  const [asked] = useDebouncedValue({ call, instead: instead?.target.key === '' ? undefined : instead }, 200)
  const tested = useQuery({ queryKey: testKey('route', asked), queryFn: () => ask(asked.call, momentOf(asked.call.moment), asked.instead), placeholderData: keepPreviousData, retry: false })
  if (tested.error) return <RefusalNote why={tested.error} />
  return tested.data ? <Answer tested={tested.data} drawn={instead?.id} /> : null
}

function Answer({ tested: { considered, target, scenario }, drawn }: { tested: Tested; drawn: string | undefined }) {
  const say = useWords()
  const naming = useNaming()
  const what = useWhatHappens()
  return (
    <div className={classes.answer} role="status">
      <p className={classes.outcome}>
        <Lamp state={target && scenario ? 'ready' : 'bad'} size={11} />
        {target ? <span>{scenario ? say('result', { target: targetWords(target, naming) }) : say('no_plan', { target: targetWords(target, naming) })}</span> : <span>{say('refused')}</span>}
        {target && scenario && <span className={classes.quiet}>{say('result_what', { what: what(target) })}</span>}
      </p>
      <Considered title={say('considered')} fits={say('fits')} considered={considered} drawn={drawn === undefined ? undefined : { key: drawn, mark: say('being_drawn') }} />
    </div>
  )
}
