import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { api, done } from '~/api/client'
import { useMe } from '~/api/session'
import { CardScript } from '~/kit/card/CardScript'
import { EmptyState, KeyHint } from '~/kit/small'
import { inLanguage } from '~/kit/words'
import type { DeskCall } from '~/phone/desk'
import { useWords } from '../words'
import { Head } from './CardPane'
import classes from './pane.module.css'

/** Before the talk: the first phrase, if a call rings; else what will stand here, and the keys. */
export function NoCard({ call }: { call: DeskCall | undefined }) {
  return call?.queue && call.stage === 'ringing' ? <Soon call={call} queue={call.queue} /> : <Nothing />
}

async function cardOf(queue: string) {
  const { thing } = await done(api.GET('/api/queues/{key}', { params: { path: { key: queue } } }))
  if (!thing.card) return null
  return (await done(api.GET('/api/cards/{key}', { params: { path: { key: thing.card } } }))).thing
}

function Soon({ call, queue }: { call: DeskCall; queue: string }) {
  const say = useWords()
  const me = useMe()
  const { data } = useQuery({ queryKey: ['card of', queue], queryFn: () => cardOf(queue), staleTime: 60_000 })
  if (!data) return <Nothing />
  const titles = Object.fromEntries(data.fields.map(({ key, title }) => [key, inLanguage(title)]))
  return (
    <>
      <Head title={data.title}><span className={classes.tag}>{say('soon')}</span><span className={classes.quiet}>{say('soon_text')}</span></Head>
      <div className={classes.phrase}>{say('first_phrase')}</div>
      <CardScript look="soon" text={data.script ?? ''} variables={{ operator: me.name, caller_name: call.other.name, caller_number: call.other.number }} titles={titles} />
    </>
  )
}

const KEYS = [
  ['Space', 'key_answer'], ['Alt H', 'key_hold'], ['Alt T', 'key_transfer'], ['Alt M', 'key_mute'], ['Alt 0', 'key_digits'], ['Alt End', 'key_hang_up'],
  ['Alt 1…9', 'key_result'], ['Ctrl ↵', 'key_close'], ['F2', 'key_break'],
] as const

function Nothing() {
  const say = useWords()
  return (
    <>
      <EmptyState title={say('card_none')}>{say('card_none_text')}</EmptyState>
      <h2 className={classes.keysTitle}>{say('keys')}</h2>
      <div className={classes.keys}>
        {KEYS.map(([key, word]) => <Fragment key={key}><KeyHint>{key}</KeyHint><span>{say(word)}</span></Fragment>)}
      </div>
    </>
  )
}
