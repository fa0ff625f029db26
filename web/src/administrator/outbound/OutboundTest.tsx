import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, done, type Schemas } from '~/api/client'
import { Lamp } from '~/kit/Lamp'
import { asPhone } from '~/kit/numbers'
import { RefusalNote } from '~/kit/refusals'
import { inLanguage, inQuotes } from '~/kit/words'
import { useNaming } from '../changes/Changes'
import { Pick } from '../frame/fields'
import { testKey } from '../frame/things'
import { Considered } from '../routes/Considered'
import { MomentField, useMomentOf } from '../routes/MomentField'
import classes from '../routes/routes.module.css'
import { useWords } from './words'

interface Asked {
  dialled: string
  user: string | null
  moment: string
}

/** By which line a number would go out, and who may not dial it. */
export function OutboundTest({ titled = false, note }: { titled?: boolean; note?: string }) {
  const say = useWords()
  const [asked, setAsked] = useState<Asked>({ dialled: '', user: null, moment: '' })
  const set = (part: Partial<Asked>) => setAsked({ ...asked, ...part })
  return (
    <div className={titled ? classes.page : classes.box}>
      {titled && <h1 className={classes.title}>{say('test_title')}</h1>}
      <p className={classes.quiet}>{note ?? say('test_text')}</p>
      <div className={classes.call}>
        <TextInput label={say('dialled')} className="num" inputMode="tel" description={say('dialled_hint')} value={asked.dialled} onChange={(event) => set({ dialled: event.currentTarget.value })} />
        <Pick kind="user" clearable label={say('user')} nothing={say('nobody')} value={asked.user} onChange={(user: string | null) => set({ user })} />
        <MomentField value={asked.moment} onChange={(moment) => set({ moment })} />
      </div>
      {asked.dialled.trim() !== '' && <Outcome asked={asked} />}
    </div>
  )
}

function Outcome({ asked }: { asked: Asked }) {
  const momentOf = useMomentOf()
  const [{ dialled, user, moment }] = useDebouncedValue(asked, 200)
  const tested = useQuery({
    queryKey: testKey('outbound', dialled, user, moment), placeholderData: keepPreviousData, retry: false, enabled: dialled.trim() !== '',
    queryFn: () => done(api.GET('/api/outbound-routes/-/test', { params: { query: { dialled: dialled.trim(), user, moment: momentOf(moment) } } })),
  })
  if (tested.error) return <RefusalNote why={tested.error} />
  return tested.data ? <Answer tested={tested.data} dialled={dialled.trim()} /> : null
}

function Answer({ tested, dialled }: { tested: Schemas['TestedOutbound']; dialled: string }) {
  const say = useWords()
  const naming = useNaming()
  const { number, extension, considered, refused, sent, trunks } = tested
  const outcome = extension ? say('extension') : refused ? say('refused', { why: inLanguage(refused) })
    : trunks ? say('result', { trunks: trunks.map((key) => inQuotes(naming('trunk', key))).join(', '), sent }) : say('no_route')
  return (
    <div className={classes.answer} role="status">
      <p className={classes.outcome}>
        <Lamp state={extension || trunks ? 'ready' : 'bad'} size={11} /><span>{outcome}</span>
        {!extension && number !== dialled && <span className={classes.quiet}>{say('means', { number: asPhone(number) })}</span>}
      </p>
      {!extension && <Considered title={say('considered')} fits={say('fits')} considered={considered} />}
    </div>
  )
}
