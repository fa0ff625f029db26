import { Button, Table } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, done, type Schemas } from '~/api/client'
import { useFreshOn } from '~/api/feed'
import { Lamp } from '~/kit/Lamp'
import { RefusalNote, tell, tellRefusal } from '~/kit/refusals'
import { asMoney } from '~/kit/times'
import { inLanguage, language, useLanguage } from '~/kit/words'
import frame from '../frame/frame.module.css'
import { pathOf } from '../frame/ThingsPage'
import { useTitleOf } from '../frame/things'
import classes from './protection.module.css'
import { LockedOut } from './LockedOut'
import { useWords } from './words'

const BLOCKED = ['blocked']
const SPENDING = ['spending']

/** Whom the guard has stopped, and what is called outside. */
export function Protection() {
  const say = useWords()
  return (
    <>
      <header className={frame.head}><h1 className={frame.title}>{say('name')}</h1></header>
      <div className={classes.page}>
        <p className={classes.quiet}>{say('hint')} <Link to="/set-up/company">{say('to_rules')}</Link></p>
        <h2 className={classes.heading}>{say('stopped')}</h2>
        <Stopped />
        <h2 className={classes.heading}>{say('locked')}</h2>
        <LockedOut />
        <h2 className={classes.heading}>{say('spent')}</h2>
        <Spent />
      </div>
    </>
  )
}

function Stopped() {
  const say = useWords()
  useFreshOn(BLOCKED, ({ fact }) => fact.kind === 'OutgoingBlocked' || fact.kind === 'OutgoingAllowed')
  const { data, error } = useQuery({ queryKey: BLOCKED, queryFn: () => done(api.GET('/api/spending/blocked')) })
  if (error) return <RefusalNote why={error} />
  if (!data || data.length === 0) return <p className={classes.quiet} role="status">{data && say('nobody')}</p>
  return (
    <>
      <p className={classes.quiet}>{say('before')}</p>
      {data.map((one) => <StoppedLine key={`${one.user} ${one.device ?? ''}`} one={one} />)}
    </>
  )
}

function StoppedLine({ one }: { one: Schemas['BlockedOut'] }) {
  const say = useWords()
  const title = useTitleOf('user')
  const phoneTitle = useTitleOf('device')
  const queries = useQueryClient()
  useLanguage()
  const phone = one.device ? phoneTitle(one.device) : null
  const user = phone ? say('phone_of', { user: title(one.user), phone }) : title(one.user)
  const allowing = useMutation({
    mutationFn: () => done(api.POST('/api/spending/blocked/{key}/allow', { params: { path: { key: one.user }, query: { device: one.device } } })),
    onSuccess: () => tell(say('allowed', { user })), onError: tellRefusal, onSettled: () => queries.invalidateQueries({ queryKey: BLOCKED }),
  })
  const at = new Date(one.at).toLocaleString(language() === 'ru' ? 'ru-RU' : 'en-GB')
  return (
    <div className={classes.line} role="status">
      <Lamp state="bad" size={10} />
      <Link to={one.device ? pathOf('device', one.device) : pathOf('user', one.user)}>{user}</Link>
      <span className={classes.grow}>{inLanguage(one.why)}</span>
      <time className="num" dateTime={one.at}>{at}</time>
      <Button size="compact-sm" loading={allowing.isPending} aria-label={say('allow_user', { user })} onClick={() => allowing.mutate()}>{say('allow')}</Button>
    </div>
  )
}

function Spent() {
  const say = useWords()
  const users = useTitleOf('user')
  const trunks = useTitleOf('trunk')
  useFreshOn(SPENDING, ({ fact }) => fact.kind === 'CallEnded')
  const { data } = useQuery({ queryKey: SPENDING, queryFn: () => done(api.GET('/api/spending')), refetchInterval: 30_000 })
  if (!data) return null
  if (data.users.length + data.trunks.length === 0) return <p className={classes.quiet}>{say('nothing')}</p>
  return (
    <>
      <SpentTable title={say('lines')} rows={data.trunks} named={trunks} currency={data.currency} />
      <SpentTable title={say('people')} rows={data.users} named={users} currency={data.currency} />
    </>
  )
}

interface SpentProps {
  title: string
  rows: readonly Schemas['SpentOut'][]
  named: (key: string) => string
  currency: string
}

function SpentTable({ title, rows, named, currency }: SpentProps) {
  const say = useWords()
  if (rows.length === 0) return null
  const heads = [say('now'), say('today'), say('month'), say('cost_today', { currency }), say('cost_month', { currency })]
  return (
    <Table className="num" verticalSpacing={4} aria-label={title}>
      <Table.Thead><Table.Tr><Table.Th>{title}</Table.Th>{heads.map((head) => <Table.Th key={head} ta="right">{head}</Table.Th>)}</Table.Tr></Table.Thead>
      <Table.Tbody>
        {rows.map((one) => (
          <Table.Tr key={one.key}>
            <Table.Td>{named(one.key)}</Table.Td>
            {[one.calls, one.minutes_today, one.minutes_this_month, asMoney(one.cost_today), asMoney(one.cost_this_month)].map((cell, at) => <Table.Td key={heads[at]} ta="right">{cell}</Table.Td>)}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
