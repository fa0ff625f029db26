/** The call column after the talk: how long is left, and what the card still lacks. */
import { Button } from '@mantine/core'
import { IconCheck, IconPhoneCall } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, done } from '~/api/client'
import { focusField } from '~/kit/card/CardForm'
import { Lamp } from '~/kit/Lamp'
import { useKeys } from '~/kit/keys'
import { KeyHint } from '~/kit/small'
import { asTimer } from '~/kit/times'
import { Countdown, Timer, useSecond } from '~/kit/Timer'
import { inLanguage, useLanguage } from '~/kit/words'
import { RESULT } from '../card/draft'
import { useMissing } from '../card/useMissing'
import type { Desk, DeskCard } from '~/phone/desk'
import type { Work } from '../work'
import { Band } from '~/phone/call/Band'
import { Who } from '~/phone/call/Caller'
import classes from '~/phone/call/call.module.css'
import { BreakButton } from './Resting'
import { call } from '~/phone/useDialCommands'
import { useWords } from './words'

export function WrapUp({ desk, card, work }: { desk: Desk; card: DeskCard; work: Work }) {
  return (
    <>
      <WrapUpBand card={card} />
      <div className={classes.fill}>
        <ToClose card={card} />
        {card.call && <Talked id={card.call} limited={card.closes_at !== null} />}
      </div>
      <BreakButton desk={desk} work={work} later />
    </>
  )
}

function WrapUpBand({ card }: { card: DeskCard }) {
  const say = useWords()
  const since = card.wrap_up_since ?? card.opened
  if (card.closes_at === null) return <Band tone="warn" lamp="wrap_up" caption={say('wrap_up')} big={<Timer since={since} />} />
  return (
    <Band tone="warn" lamp="wrap_up" caption={say('wrap_up_left')} big={<Countdown until={card.closes_at} />}
      under={<Drain since={since} until={card.closes_at} />} />
  )
}

function Drain({ since, until }: { since: string; until: string }) {
  const now = useSecond()
  const [begun, ends] = [new Date(since).getTime(), new Date(until).getTime()]
  const left = Math.min(1, Math.max(0, (ends - now) / Math.max(1, ends - begun)))
  return <div className={classes.drain}><i style={{ width: `${left * 100}%` }} /></div>
}

function ToClose({ card }: { card: DeskCard }) {
  const say = useWords()
  useLanguage()
  const missing = useMissing(card)
  const fields = card.definition?.fields ?? []
  const filled = fields.filter(({ key, required }) => required && !missing.includes(key)).length
  return (
    <section className={classes.padTight} style={{ paddingTop: 14 }}>
      <h3 className={classes.heading}>{say('to_close')}</h3>
      {(filled > 0 || missing.length === 0) && (
        <div className={classes.done}><IconCheck size={15} color="var(--ready)" />{missing.length === 0 ? say('all_there') : say('filled_in', { count: filled })}</div>
      )}
      {fields.filter(({ key }) => missing.includes(key)).map(({ key, title }) => (
        <button key={key} type="button" className={classes.missing} onClick={() => focusField(key)}><Lamp state="warn" size={12} />{say('fill_in', { field: inLanguage(title) })}</button>
      ))}
      {missing.includes(RESULT) && (
        <button type="button" className={classes.missing} onClick={() => focusField('disposition')}>
          <Lamp state="warn" size={12} />{say('choose_result')}<span style={{ flex: 1 }} /><KeyHint>Alt 1…9</KeyHint>
        </button>
      )}
    </section>
  )
}

/** Something was left unsaid. */
function CallBack({ number }: { number: string }) {
  const say = useWords()
  const back = () => call(number)
  useKeys({ 'Alt+KeyR': back })
  return <Button size="xs" className={classes.callBack} leftSection={<IconPhoneCall size={15} />} rightSection={<KeyHint>Alt R</KeyHint>} onClick={back}>{say('call_back')}</Button>
}

function Talked({ id, limited }: { id: string; limited: boolean }) {
  const say = useWords()
  const { data } = useQuery({ queryKey: ['call', id, 'talked'], queryFn: () => done(api.GET('/api/calls/{key}', { params: { path: { key: id } } })) })
  if (!data) return null
  const { number, name, talked, ended } = data.call
  const ending = data.facts.findLast(({ fact }) => fact.kind === 'TalkEnded')?.fact
  const by = ending?.kind === 'TalkEnded' && (ending.by === 'us' ? say('by_us') : say('by_customer'))
  return (
    <section className={classes.pad} style={{ borderTop: '1px solid var(--line)' }}>
      <div className={classes.small}>{say('over')}</div>
      <Who number={number} name={name} />
      <div className={classes.way}>{[ended !== null || talked > 0 ? say('talked', { time: asTimer(talked) }) : '', by].filter(Boolean).join(' ')}</div>
      {/^\+?\d{3,15}$/.test(number) && <CallBack number={number} />}
      {limited && <div className={classes.small}>{say('limit_why')}</div>}
    </section>
  )
}
