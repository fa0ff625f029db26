import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, done, type Schemas } from '~/api/client'
import type { Names } from '~/api/names'
import { Lamp } from '~/kit/Lamp'
import { asPhone } from '~/kit/numbers'
import { SectionTitle } from '~/kit/small'
import { asMoment, asTimer } from '~/kit/times'
import { dispositionLamp, useTrade } from '~/kit/trade'
import { inLanguage, inSentence, useLanguage } from '~/kit/words'
import classes from './story.module.css'
import { useWords } from './words'

type Card = Schemas['Card']
type Call = Schemas['CallOut']

/** What was typed into the cards of this call. */
export function CardRecords({ call, names }: { call: Call; names: Names }) {
  const records = useQuery({
    queryKey: ['records', 'of', call.id], enabled: call.dialogs.length > 0,
    queryFn: () => done(api.GET('/api/records', { params: { query: { call: call.id } } })),
  })
  return records.data?.map((record) => <CardRecord key={record.id} record={record} names={names} />)
}

function CardRecord({ record, names }: { record: Schemas['RecordOut']; names: Names }) {
  const say = useWords()
  const language = useLanguage()
  const card = useQuery({ queryKey: ['card', record.card], queryFn: () => done(api.GET('/api/cards/{key}', { params: { path: { key: record.card } } })), staleTime: 60_000, retry: false })
  const typed = Object.entries(record.values).filter(([, value]) => value !== null && value !== '' && value !== false)
  return (
    <section className={classes.part}>
      <div className={classes.partTop}><SectionTitle>{names.card(record.card)}</SectionTitle><span className={classes.quiet}>{record.closed ? names.user(record.holder) : say('open_at', { user: names.user(record.holder) })}</span></div>
      {record.disposition && <div><Lamp state="ready" /> <b>{names.result(record.card, record.disposition)}</b></div>}
      {typed.length === 0 ? <p className={classes.quiet}>{say('nothing_typed')}</p> : (
        <dl className={classes.values}>
          {typed.map(([key, value]) => <Value key={key} title={titleOf(card.data?.thing, key, language)} value={shown(card.data?.thing, key, value, language, say)} />)}
        </dl>
      )}
    </section>
  )
}

const Value = ({ title, value }: { title: string; value: string }) => <><dt>{title}</dt><dd>{value}</dd></>

function titleOf(card: Card | undefined, key: string, language: 'ru' | 'en'): string {
  const field = card?.fields.find((one) => one.key === key)
  return field ? inLanguage(field.title, language) : key
}

/** A value as people read it: the title of a choice, yes for a tick. */
function shown(card: Card | undefined, key: string, value: unknown, language: 'ru' | 'en', say: ReturnType<typeof useWords>): string {
  if (typeof value === 'boolean') return say('yes')
  const field = card?.fields.find((one) => one.key === key)
  const choice = field?.choices?.find((one) => one.key === value)
  if (choice) return inLanguage(choice.title, language)
  return field?.kind === 'phone' ? asPhone(String(value)) : String(value)
}

/** The same customer before. */
export function EarlierCalls({ call }: { call: Call }) {
  const say = useWords()
  const trade = useTrade()
  const earlier = useQuery({
    queryKey: ['customer', call.id], retry: false,
    queryFn: () => done(api.GET('/api/calls/{key}/customer', { params: { path: { key: call.id }, query: { most: 6 } } })),
  })
  if (!earlier.data || earlier.data.contacts.length === 0) return null
  return (
    <section className={classes.part}>
      <div className={classes.partTop}><SectionTitle>{say('earlier')}</SectionTitle><span className={`num ${classes.quiet}`}>{say('in_all', { count: earlier.data.total })}</span></div>
      <div>
        {earlier.data.contacts.map(({ call: before }) => (
          <Link key={before.id} to={`/calls/${before.id}`} className={classes.earlier}>
            <Lamp state={dispositionLamp(before.disposition)} />
            <span>{before.disposition ? inSentence(trade.disposition(before.disposition)) : say('goes_on')}, <span className="num">{asTimer(before.talked)}</span></span>
            <span className={`num ${classes.quiet}`}>{asMoment(before.began)}</span>
          </Link>
        ))}
      </div>
    </section>
  )
}
