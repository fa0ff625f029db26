import { Tooltip } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import clsx from 'clsx'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import { asGap, asTimer } from '~/kit/times'
import { useHearing, useThePlayer } from './hearing'
import { type Lane, marksOf, type Stretch, type TimeLine } from './lanes'
import classes from './story.module.css'
import { useWords } from './words'

/** Lanes of all parties on one clock, with the wave form below; a click anywhere puts the head there. */
export function TimeLineView({ line, children }: { line: TimeLine; children?: ReactNode }) {
  const say = useWords()
  const { ref, width } = useElementSize()
  const over = useRef<HTMLDivElement>(null)
  const tracks = useMergedRef(ref, over)
  const player = useThePlayer()
  const [pointed, setPointed] = useState<number | null>(null)
  const secondAt = (event: MouseEvent): number | null => {
    const place = over.current?.getBoundingClientRect()
    if (place === undefined || event.clientX < place.left) return null
    return Math.min(line.lasts, ((event.clientX - place.left) / place.width) * line.lasts)
  }
  const go = (event: MouseEvent) => {
    const second = secondAt(event)
    if (second !== null) player.seek(second)
  }
  return (
    <div className={classes.lanes} role="group" aria-label={say('time_line')} onClick={go}
      onMouseMove={(event) => setPointed(secondAt(event))} onMouseLeave={() => setPointed(null)}>
      <Ruler lasts={line.lasts} width={width} />
      {line.lanes.map((lane) => <LaneView key={lane.key} lane={lane} lasts={line.lasts} />)}
      {children}
      <div ref={tracks} className={classes.over}>
        {line.gaps.map((gap) => <Gap key={gap.from} gap={gap} lasts={line.lasts} />)}
        {pointed !== null && <span className={classes.pointed} style={{ left: share(pointed, line.lasts) }}><i className="num">{asTimer(pointed)}</i></span>}
        <Head lasts={line.lasts} />
      </div>
    </div>
  )
}

const share = (seconds: number, lasts: number): string => `${(seconds / lasts) * 100}%`

function Ruler({ lasts, width }: { lasts: number; width: number }) {
  return (
    <div className={classes.ruler} aria-hidden>
      <div className={classes.rulerTrack}>
        {marksOf(lasts, width || 800).map((mark) => (
          <span key={mark} className="num" style={{ left: share(mark, lasts), transform: mark === 0 ? undefined : 'translateX(-50%)' }}>{asTimer(mark)}</span>
        ))}
      </div>
    </div>
  )
}

function LaneView({ lane, lasts }: { lane: Lane; lasts: number }) {
  const end = Math.max(0, ...lane.stretches.map(({ to }) => to))
  return (
    <div className={classes.lane}>
      <div className={classes.who}><b>{lane.name}</b>{lane.detail !== '' && <small className="num">{lane.detail}</small>}</div>
      <div className={classes.track}>
        {lane.stretches.map((stretch) => <StretchView key={`${stretch.kind} ${stretch.from}`} stretch={stretch} who={lane.name} lasts={lasts} />)}
        {lane.note !== undefined && <span className={clsx(classes.laneNote, end / lasts > 0.7 && classes.laneNoteBefore)} style={noteAt(lane, end, lasts)}>{lane.note}</span>}
      </div>
    </div>
  )
}

/** Behind the last stretch, or before the first one where there is no room behind. */
function noteAt(lane: Lane, end: number, lasts: number) {
  if (end / lasts <= 0.7) return { left: share(end, lasts) }
  return { right: `calc(100% - ${share(Math.min(...lane.stretches.map(({ from }) => from)), lasts)})` }
}

function StretchView({ stretch: { kind, from, to, text, about }, who, lasts }: { stretch: Stretch; who: string; lasts: number }) {
  const place = { left: share(from, lasts), width: `max(3px, calc(${share(to - from, lasts)} - 1px))` }
  return (
    <Tooltip label={`${asTimer(from)}  ${about}`}>
      <div className={clsx(classes.stretch, classes[kind])} style={place} role="img" aria-label={`${who}: ${about}`}><span aria-hidden>{text}</span></div>
    </Tooltip>
  )
}

/** The time that the program was away, over all lanes, with how long in words. */
function Gap({ gap: { from, to, lost }, lasts }: { gap: TimeLine['gaps'][number]; lasts: number }) {
  const say = useWords()
  const words = say(lost ? 'gap_lost' : 'gap', { time: asGap(to - from), count: lost })
  return (
    <div className={classes.gap} style={{ left: share(from, lasts), width: `max(4px, ${share(to - from, lasts)})` }}>
      <span className={clsx(classes.gapWords, from / lasts > 0.6 && classes.gapWordsBefore)}>{words}</span>
    </div>
  )
}

/** Where one listens; moved by the arrows too. */
function Head({ lasts }: { lasts: number }) {
  const say = useWords()
  const player = useThePlayer()
  const position = useHearing((hearing) => hearing.position)
  const move = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -5, ArrowRight: 5, PageDown: 30, PageUp: -30, Home: -position, End: lasts - position }[event.key]
    if (by === undefined) return
    event.preventDefault()
    player.seek(Math.min(lasts, position + by))
  }
  return (
    <div className={classes.head} style={{ left: share(Math.min(position, lasts), lasts) }} role="slider" tabIndex={0} onKeyDown={move}
      aria-label={say('position')} aria-valuemin={0} aria-valuemax={Math.round(lasts)} aria-valuenow={Math.round(position * 10) / 10} aria-valuetext={asTimer(position)}>
      {position > 0 && <span className={`num ${classes.headTime}`}>{asTimer(position)}</span>}
    </div>
  )
}
