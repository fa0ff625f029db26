import { Button, SegmentedControl, UnstyledButton } from '@mantine/core'
import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing, IconPhoneX, IconTimeline } from '@tabler/icons-react'
import clsx from 'clsx'
import { Link, useSearchParams } from 'react-router'
import { useNames } from '~/api/names'
import { useMe } from '~/api/session'
import { asPhone } from '~/kit/numbers'
import { EmptyState } from '~/kit/small'
import { asMoment, asTimer } from '~/kit/times'
import { call } from '~/phone/useDialCommands'
import { useBox } from '~/phone/voicemail/box'
import { MessageList } from '~/phone/voicemail/MessageList'
import { type Line, type Own, ownPart, useOwnCalls } from './history'
import classes from './user.module.css'
import { useWords } from './words'

const WHICH = ['all', 'missed', 'voicemail'] as const
type Which = (typeof WHICH)[number]

/** One's own calls, all or only the missed ones, and what callers left in the voicemail; the address says which. */
export function HistoryPane() {
  const say = useWords()
  const [asked, ask] = useSearchParams()
  const which = WHICH.find((one) => one === asked.get('calls')) ?? 'all'
  const unheard = useBox().data?.unheard ?? 0
  const titles: Record<Which, string> = { all: say('all'), missed: say('missed'), voicemail: unheard > 0 ? say('voicemail_new', { count: unheard }) : say('voicemail') }
  return (
    <>
      <div className={classes.tools}>
        <SegmentedControl size="xs" aria-label={say('history')} value={which} onChange={(chosen) => ask(chosen === 'all' ? {} : { calls: chosen }, { replace: true })}
          data={WHICH.map((value) => ({ value, label: titles[value] }))} />
      </div>
      <div className={classes.list}>{which === 'voicemail' ? <MessageList /> : <Calls which={which} />}</div>
    </>
  )
}

function Calls({ which }: { which: 'all' | 'missed' }) {
  const say = useWords()
  const me = useMe()
  const names = useNames()
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useOwnCalls(me.user)
  const lines = (data?.pages ?? []).flatMap(({ items }) => items).map((line) => ({ line, own: ownPart(line, me.user, names) }))
  const shown = lines.filter(({ own }) => which === 'all' || own.missed)
  return (
    <>
      {data && shown.length === 0 && <EmptyState title={say(which === 'all' ? 'no_calls' : 'no_missed')}>{say(which === 'all' ? 'no_calls_text' : 'no_missed_text')}</EmptyState>}
      {shown.map(({ line, own }) => <Past key={line.id} line={line} own={own} />)}
      {hasNextPage && <div className={classes.more}><Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{say('more')}</Button></div>}
    </>
  )
}

function Past({ line, own }: { line: Line; own: Own }) {
  const say = useWords()
  const Icon = own.missed ? IconPhoneX : own.outgoing ? IconPhoneOutgoing : IconPhoneIncoming
  const how = own.missed ? say('missed_call') : line.talked > 0 ? asTimer(line.talked) : line.ended ? say('no_answer') : ''
  const title = own.title || say('withheld')
  return (
    <div className={classes.row}>
      <UnstyledButton className={classes.rowMain} disabled={!own.number} aria-label={say('call_whom', { name: title })} onClick={() => call(own.number)}>
        <Icon size={17} className={clsx(own.missed && classes.missed)} aria-label={say(own.outgoing ? 'outbound' : 'inbound')} />
        <span className={classes.who}><b className={clsx(own.missed && classes.missed)}>{title}</b>{own.number && own.number !== title && <span className={classes.dim}>{asPhone(own.number)}</span>}</span>
        <span className={classes.when}><span>{asMoment(line.began)}</span><span className={classes.dim}>{how}</span></span>
        <IconPhone size={16} className={classes.icon} aria-hidden />
      </UnstyledButton>
      <Link to={`/calls/${line.id}`} className={classes.story} aria-label={`${say('story')}: ${title}, ${asMoment(line.began)}`}><IconTimeline size={17} /></Link>
    </div>
  )
}
