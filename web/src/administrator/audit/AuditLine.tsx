import { Anchor } from '@mantine/core'
import { Link } from 'react-router'
import type { Schemas } from '~/api/client'
import { asMoment } from '~/kit/times'
import { inLanguage, language, useLanguage } from '~/kit/words'
import { Changes, useKinds } from '../changes/Changes'
import { pathOf } from '../frame/ThingsPage'
import { type Kind, PLACE, useTitleOf } from '../frame/things'
import { useRightTitles } from '../roles/RightsField'
import type { Right } from '~/api/session'
import classes from './audit.module.css'
import { useThingTitle } from './titles'
import { useWords } from './words'

type Line = Schemas['AuditLine']
export interface One {
  kind: string
  key: string
}

const SHOWN = 8

/** One line: when, what happened to which thing, by whom; and the difference in words. */
export function AuditLine({ line, only }: { line: Line; only: (one: One) => void }) {
  useLanguage()
  const time = new Date(line.at).toLocaleTimeString(language() === 'ru' ? 'ru-RU' : 'en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  return (
    <article className={classes.line}>
      <time className={`num ${classes.time}`} dateTime={line.at}>{time}</time>
      <div className={classes.what}>
        <div><What line={line} only={only} /></div>
        <Difference line={line} />
      </div>
      <Who line={line} />
    </article>
  )
}

function What({ line, only }: { line: Line; only: (one: One) => void }) {
  const say = useWords()
  const title = useThingTitle()
  const kinds = useKinds().data ?? []
  useLanguage()
  const did = inLanguage(line.did)
  const kind = kinds.find((one) => one.kind === line.kind)
  const known = line.after ?? line.before
  if (line.key === '') return <b>{did}</b>
  if (line.call) return <><b>{did}</b>: <Link to={`/calls/${line.call.id}`}>{say('call_at', { moment: asMoment(line.call.began) })}</Link></>
  if (line.kind === 'contact') return <><b>{did}</b>: <OfContact list={(known as { list?: string } | null)?.list} /></>
  const name = kind ? title(line.kind, line.key, known) : ((known as { title?: string } | null)?.title ?? line.key)
  return (
    <>
      <b>{did}</b>: {kind && inLanguage(kind.title)}{' '}
      {kind && line.kind in PLACE && title(line.kind, line.key) !== line.key ? <Link to={pathOf(line.kind as Kind, line.key)}>{name}</Link> : <span>{name}</span>}
      {kind && <Anchor component="button" type="button" className={classes.only} onClick={() => only(line)}>{say('only_this')}</Anchor>}
    </>
  )
}

/** Of a person outside, the audit knows only the list. */
function OfContact({ list }: { list: string | undefined }) {
  const say = useWords()
  const title = useThingTitle()
  return list === undefined ? <>{say('kind_contact')}</> : <>{say('contact_in')} <Link to={pathOf('contact_list', list)}>{title('contact_list', list)}</Link></>
}

function Difference({ line }: { line: Line }) {
  const say = useWords()
  const right = useRightTitles()
  if (line.kind === 'token') {
    const { rights = [] } = (line.after ?? line.before ?? {}) as { rights?: Right[] }
    return rights.length === 0 ? null : <div className={classes.small}>{say('rights')}: {rights.map(right).join(', ')}</div>
  }
  if (line.what === 'contacts imported') return <div className={classes.small}>{say('imported', line.after as { added: number; changed: number; bad: number })}</div>
  if (line.before == null && line.after == null) return null
  const whole = (line.before == null || line.after == null)
  return <Changes kind={line.kind} whole={whole} before={whole ? null : (line.before as object)} after={(line.after ?? line.before) as object} most={SHOWN} />
}

function Who({ line }: { line: Line }) {
  const say = useWords()
  const user = useTitleOf('user')
  const token = /^token \S+ from (.*)$/.exec(line.door)?.[1]
  const way = line.door.startsWith('call ') ? say('by_phone') : token !== undefined ? say('by_token', { address: token }) : line.door === '' ? '' : say('from_address', { address: line.door })
  return (
    <div className={classes.who}>
      <div>{line.by === 'house' ? say('by_house') : user(line.by)}</div>
      {way !== '' && <div className={classes.small}>{way}</div>}
    </div>
  )
}
