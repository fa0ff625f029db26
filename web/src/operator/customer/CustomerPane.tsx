import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { api, done, type Schemas } from '~/api/client'
import { type Names, useNames } from '~/api/names'
import { asPhone } from '~/kit/numbers'
import { asDay, asTimer } from '~/kit/times'
import { useTrade } from '~/kit/trade'
import { Head } from '../card/CardPane'
import pane from '../card/pane.module.css'
import type { Desk, DeskCall, DeskCard } from '~/phone/desk'
import { useWords } from '../words'
import classes from './customer.module.css'

type Contact = Schemas['CustomerOut']['contacts'][number]

/** Whom the operator talks with, and all that was before. */
export function CustomerPane({ call, card }: { call: DeskCall | undefined; card: DeskCard | undefined; desk: Desk }) {
  const say = useWords()
  const key = call?.id ?? card?.call ?? null
  const { data } = useQuery({
    queryKey: ['customer', key], queryFn: () => done(api.GET('/api/calls/{key}/customer', { params: { path: { key: key ?? '' } } })), enabled: key !== null,
  })
  if (key === null) return <Nobody />
  const name = data?.name || call?.other.name || ''
  const number = data?.number || call?.other.number || ''
  return (
    <>
      <Head narrow title={name || (number ? asPhone(number) : say('customer'))} />
      <dl className={classes.known}>
        {name && number && <Known name={say('number')}>{asPhone(number)}</Known>}
        {call?.dialled && <Known name={say('called')}>{asPhone(call.dialled)}</Known>}
      </dl>
      {data && <History contacts={data.contacts} total={data.total} />}
    </>
  )
}

function Nobody() {
  const say = useWords()
  return <><Head narrow title={say('customer')} /><p className={classes.nobody}>{say('customer_none')}</p></>
}

const Known = ({ name, children }: { name: string; children: ReactNode }) => <><dt>{name}</dt><dd className="num">{children}</dd></>

function History({ contacts, total }: { contacts: readonly Contact[]; total: number }) {
  const say = useWords()
  const names = useNames()
  return (
    <section className={classes.history}>
      <div className={classes.section}><h2 className={pane.label}>{say('history')}</h2>{total > 0 && <span className={pane.quiet}>{say('history_all', { count: total })}</span>}</div>
      {contacts.length === 0 && <p className={classes.nobody}>{say('history_none')}</p>}
      {contacts.map((contact) => <Past key={contact.call.id} contact={contact} names={names} />)}
    </section>
  )
}

const ICON = { inbound: IconPhoneIncoming, outbound: IconPhoneOutgoing, internal: IconPhone }

function Past({ contact: { call, records }, names }: { contact: Contact; names: Names }) {
  const trade = useTrade()
  const Icon = ICON[call.direction]
  const [record] = records
  const result = record?.disposition ? names.result(record.card, record.disposition) : call.disposition ? trade.disposition(call.disposition) : ''
  const about = [call.operator && names.user(call.operator), result].filter(Boolean).join(' · ')
  return (
    <Link to={`/calls/${call.id}`} target="_blank" className={classes.past}>
      <span className={classes.day}>{asDay(call.began)}</span><Icon size={15} aria-label={trade.direction(call.direction)} />
      <b>{record ? names.card(record.card) : call.queue ? names.queue(call.queue) : trade.direction(call.direction)}</b>
      <span className={classes.lasted}>{call.talked > 0 ? asTimer(call.talked) : ''}</span>
      <span className={classes.about}>{about}</span>
    </Link>
  )
}
