import { Loader, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { api, done, type Schemas } from '~/api/client'
import { type Kept, useFreshOn } from '~/api/feed'
import { useNames } from '~/api/names'
import { Lamp } from '~/kit/Lamp'
import { RefusalNote } from '~/kit/refusals'
import { EmptyState, SectionTitle } from '~/kit/small'
import { asLongMoment, asTimer, secondsOf } from '~/kit/times'
import { useSecond } from '~/kit/Timer'
import { dispositionLamp, useTrade } from '~/kit/trade'
import { OfCall } from '~/phone/voicemail/OfCall'
import { Actions } from './story/Actions'
import { Heard } from './story/Heard'
import { PlayerContext, usePlayer } from './story/hearing'
import { timeLineOf } from './story/lanes'
import { CardRecords, EarlierCalls } from './story/Side'
import { PlayerBar, WaveLane } from './story/Sound'
import { Steps } from './story/Steps'
import classes from './story/story.module.css'
import { TimeLineView } from './story/TimeLineView'
import { WhyOperator } from './story/WhyOperator'
import { useWords } from './story/words'
import { ofKind } from './telling/facts'
import { leadOf } from './telling/lead'
import { tellingOf } from './telling/telling'

/** The story of one call, told as it goes while the call lives. */
export function Story() {
  const { key = '' } = useParams()
  const story = useStory(key)
  if (story.isPending) return <Loader m="lg" color="var(--ink3)" />
  if (!story.data) return <NotThere why={story.error} />
  return <Told key={key} story={story.data} />
}

const look = async (key: string) => (await done(api.GET('/api/calls/{key}', { params: { path: { key } } }))) as Schemas['StoryOut']

function useStory(key: string) {
  const asked = ['call', key]
  const story = useQuery({ queryKey: asked, queryFn: () => look(key), retry: false })
  useFreshOn(asked, (kept: Kept) => kept.story === key || (kept.story?.startsWith(`${key}-`) ?? false))
  return story
}

function NotThere({ why }: { why: unknown }) {
  const say = useWords()
  return <EmptyState whole title={say('not_there')} action={<Link to="/calls">{say('to_calls')}</Link>}><RefusalNote why={why} /></EmptyState>
}

function Told({ story }: { story: Schemas['StoryOut'] }) {
  const { call, facts, quality } = story
  const say = useWords()
  const names = useNames()
  const trade = useTrade()
  const now = useNow(call.ended === null || facts.at(-1)?.fact.kind === 'WrapUpBegan')
  const line = useMemo(() => timeLineOf(call, facts, names, trade, now), [call, facts, names, trade, now])
  const about = useMemo(() => tellingOf(call, facts, names, trade), [call, facts, names, trade])
  const player = usePlayer(line.recorded)
  return (
    <PlayerContext value={player}>
      <div className={classes.page}>
        <div className={classes.main}>
          <div className={`num ${classes.about}`}>
            <VisuallyHidden component="h1">{say('title')}</VisuallyHidden>
            <span>{asLongMoment(call.began)}</span><span aria-hidden>·</span><span>{trade.direction(call.direction)}</span><span aria-hidden>·</span>
            <HowItStands call={call} now={now} />
            <Actions call={call} />
          </div>
          <Lead call={call} facts={facts} />
          <TimeLineView line={line}><WaveLane line={line} inbound={call.direction === 'inbound'} /></TimeLineView>
          {line.recorded.some(({ lasts }) => lasts !== null) && <PlayerBar line={line} />}
          <Steps told={facts} about={about} began={line.began} />
        </div>
        <aside className={classes.side} aria-label={say('more')}>
          <MessagesLeft facts={facts} />
          <WhyOperator told={facts} names={names} trade={trade} />
          <Heard quality={quality} names={names} />
          <CardRecords call={call} names={names} />
          <EarlierCalls call={call} />
        </aside>
      </div>
    </PlayerContext>
  )
}

/** What the caller said to somebody's voicemail. */
function MessagesLeft({ facts }: Pick<Schemas['StoryOut'], 'facts'>) {
  const say = useWords()
  const left = [...ofKind(facts, 'MessageLeft')].map(({ fact: { message, user, lasts } }) => ({ message, user, lasts: secondsOf(lasts) }))
  if (left.length === 0) return null
  return <section className={classes.part}><div className={classes.partTop}><SectionTitle>{say('voicemail')}</SectionTitle></div><OfCall left={left} /></section>
}

/** The present second while something goes on; a fixed moment else, so that the time line is not drawn anew. */
function useNow(goesOn: boolean): number {
  const second = useSecond()
  return goesOn ? second : 0
}

function HowItStands({ call, now }: { call: Schemas['CallOut']; now: number }) {
  const say = useWords()
  const trade = useTrade()
  if (call.ended === null) return <span className={classes.living}><Lamp state="talking" />{say('goes_on')} {asTimer((now - Date.parse(call.began)) / 1000)}</span>
  const lasted = asTimer((Date.parse(call.ended) - Date.parse(call.began)) / 1000)
  return <><span>{lasted}</span><span aria-hidden>·</span><span><Lamp state={dispositionLamp(call.disposition)} /> {call.disposition && trade.disposition(call.disposition)}</span></>
}

function Lead({ call, facts }: Pick<Schemas['StoryOut'], 'call' | 'facts'>) {
  const names = useNames()
  const trade = useTrade()
  const pieces = useMemo(() => leadOf(call, facts, names, trade), [call, facts, names, trade])
  return <p className={classes.lead}>{pieces.map(({ text, bold }, at) => (bold ? <b key={at}>{text}</b> : text))}</p>
}
