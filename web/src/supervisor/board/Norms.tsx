import { Button } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Lamp, type LampState } from '~/kit/Lamp'
import { asMoment, asShare, asTimer, secondsSince } from '~/kit/times'
import { Timer } from '~/kit/Timer'
import { inLanguage } from '~/kit/words'
import classes from './board.module.css'
import type { Help, Norm } from './norms'
import { useSteering } from './steering'
import { useWords } from './words'

const FIRST = 560
const EACH = 184

/** Norms, the broken first; what is kept and finds no room is counted. */
export function Norms({ norms, now, stale }: { norms: readonly Norm[]; now: number; stale?: string }) {
  const say = useWords()
  const { ref, width } = useElementSize<HTMLElement>()
  const bad = norms.filter(({ state }) => state === 'bad').length
  const room = Math.max(2, Math.floor(((width || 1280) - (norms[0]?.kind === 'late' ? FIRST - EACH : 0)) / EACH))
  const shown = norms.slice(0, norms.length > room ? Math.max(bad, room - 1) : room)
  return (
    <section ref={ref} className={classes.norms} aria-label={say('norms')}>
      {shown.map((norm, at) => <NormView key={norm.key} norm={norm} now={now} first={at === 0} />)}
      {norms.length > shown.length && <Cell state="ready" title={say('others_kept', { count: norms.length - shown.length })} />}
      {stale !== undefined && <Cell state="warn" title={say('stale', { time: asMoment(stale, true) })} />}
    </section>
  )
}

function Cell({ state, title, aside, value, small, broken = false, children }: {
  state: LampState; title: string; aside?: string; value?: ReactNode; small?: string; broken?: boolean; children?: ReactNode
}) {
  return (
    <div className={clsx(classes.norm, broken && classes.broken, children !== undefined && classes.first)}>
      <div className={classes.normText}>
        <div className={clsx(classes.normTitle, broken && classes.bad)} title={title}><Lamp state={state} size={12} /><span>{title}</span>{aside && <span className="num">{aside}</span>}</div>
        <div className={classes.normValue}>{value !== undefined && <b className="num">{value}</b>}{small && <small className="num" title={small}>{small}</small>}</div>
      </div>
      {children}
    </div>
  )
}

function NormView({ norm, now, first }: { norm: Norm; now: number; first: boolean }) {
  const say = useWords()
  switch (norm.kind) {
    case 'switch': return <Cell state="bad" broken title={say('switch_down')} small={say('switch_down_text')} />
    case 'trunk': return <Cell state="bad" broken title={say('trunk_down', { trunk: norm.trunk.title })} small={norm.trunk.why ? inLanguage(norm.trunk.why) : say('trunk_down_text')} />
    case 'late': return <Late norm={norm} now={now} first={first} />
    case 'level': return <Cell state="warn" title={say('in_norm', { queue: norm.queue.title })} value={asShare(norm.queue.service_level_hour)} small={say('share_hour', { share: asShare(norm.queue.norm_share) })} />
    case 'kept': return <Kept norm={norm} />
  }
}

function Late({ norm: { queue, since, help }, now, first }: { norm: Extract<Norm, { kind: 'late' }>; now: number; first: boolean }) {
  const say = useWords()
  const free = help.free > 0 ? say('free', { count: help.free }) : say('nobody_free')
  const small = `${say('norm', { time: asTimer(queue.norm_within) })} · ${say('waiting', { count: queue.waiting })}${first ? `, ${free}` : ''}`
  return (
    <Cell state="bad" broken title={say('late', { queue: queue.title })} aside={first ? say('since', { time: asMoment(new Date(since).toISOString()) }) : undefined}
      value={asTimer(secondsSince(queue.longest_since ?? new Date(now).toISOString(), now))} small={small}>
      {first ? <HelpView help={help} /> : undefined}
    </Cell>
  )
}

/** What would help: people who are there. */
function HelpView({ help }: { help: Help }) {
  const say = useWords()
  const steering = useSteering()
  const who = help.onBreak[0]
  const others = ([['on_break', help.onBreak.length], ['unconnected', help.unconnected], ['absent', help.absent]] as const).filter(([, count]) => count > 0)
  const words = [...help.elsewhere.map((there) => say('free_elsewhere', there)), ...others.map(([what, count]) => say(what, { count }))]
  return (
    <div className={classes.help}>
      {who && <Button variant="filled" size="compact-md" onClick={() => steering.makeReady(who)}>{say('call_back', { operator: who.name })}</Button>}
      <span>{words.length > 0 ? words.join(' · ') : say('nobody_else')}</span>
    </div>
  )
}

function Kept({ norm: { queue } }: { norm: Extract<Norm, { kind: 'kept' }> }) {
  const say = useWords()
  if (queue.longest_since !== null) {
    const small = `${say('norm', { time: asTimer(queue.norm_within) })} · ${say('waiting', { count: queue.waiting })}`
    return <Cell state="ready" title={say('now_waiting', { queue: queue.title })} value={<Timer since={queue.longest_since} />} small={small} />
  }
  const level = queue.service_level
  const small = level === null ? say('no_waits', { share: asShare(queue.norm_share), time: asTimer(queue.norm_within) }) : say('share_norm', { share: asShare(queue.norm_share) })
  return <Cell state="ready" title={say('in_norm', { queue: queue.title })} value={level === null ? undefined : asShare(level)} small={small} />
}
