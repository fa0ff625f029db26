import { Button, UnstyledButton } from '@mantine/core'
import { IconDownload, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, done } from '~/api/client'
import { may, useMe } from '~/api/session'
import { RefusalNote } from '~/kit/refusals'
import { KeyHint } from '~/kit/small'
import { asNumber, asTimer } from '~/kit/times'
import { useHearing, useThePlayer } from './hearing'
import type { RecordedPart, TimeLine } from './lanes'
import { RATES } from './player'
import classes from './story.module.css'
import type { Wave } from './wave'
import { WaveView } from './WaveView'
import { useWords } from './words'

/** The wave form of all that was recorded; in its place, why there is none. */
export function WaveLane({ line, inbound }: { line: TimeLine; inbound: boolean }) {
  const say = useWords()
  const me = useMe()
  const hears = may(me, 'hear_recordings')
  const waves = useWaves(hears ? line.recorded : [])
  if (line.recorded.length === 0) return null
  const why = whyNone(line.recorded, hears, waves.length)
  return (
    <div className={classes.waveLane}>
      <div className={classes.channels}><span>{say(inbound ? 'customer' : 'caller')}</span><span>{say('other_side')}</span></div>
      {why === null ? <WaveView waves={waves} lasts={line.lasts} label={say('wave')} /> : <span className={classes.waveNote}>{say(why)}</span>}
    </div>
  )
}

function whyNone(recorded: readonly RecordedPart[], hears: boolean, found: number) {
  if (!hears) return 'may_not_hear'
  if (found > 0) return null
  if (recorded.every(({ failed }) => failed)) return 'no_recording'
  return recorded.some(({ lasts }) => lasts === null) ? 'still_recording' : 'wave_comes'
}

function useWaves(recorded: readonly RecordedPart[]): Wave[] {
  const kept = recorded.filter(({ lasts, failed }) => lasts !== null && !failed)
  const asked = useQueries({
    queries: kept.map(({ recording }) => ({
      queryKey: ['peaks', recording], staleTime: Infinity, retry: false,
      queryFn: () => done(api.GET('/api/recordings/{key}/peaks', { params: { path: { key: recording } } })),
    })),
  })
  return kept.flatMap(({ from }, at) => (asked[at]?.data ? [{ from, peaks: asked[at].data }] : []))
}

/** Where the space bar means something else. */
const takesSpace = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('[data-space-plays]') === null &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|BUTTON|A)$/.test(target.tagName))

/** Play and pause, how fast, and what is not in the recording. */
export function PlayerBar({ line }: { line: TimeLine }) {
  const say = useWords()
  const player = useThePlayer()
  const { playing, failed } = useHearing((hearing) => hearing.playing ? PLAYING : hearing.failed ? FAILED : IDLE)
  const second = useHearing((hearing) => Math.floor(hearing.position))
  useSpace(() => player.toggle())
  const pauses = line.recorded.reduce((sum, { silent }) => sum + silent.length, 0)
  return (
    <div className={classes.player}>
      <Button variant="filled" onClick={() => player.toggle()} leftSection={playing ? <IconPlayerPauseFilled size={13} /> : <IconPlayerPlayFilled size={13} />}
        rightSection={<KeyHint inverse>Space</KeyHint>}>
        {playing ? say('pause') : second > 0 ? say('play_from', { time: asTimer(second) }) : say('play')}
      </Button>
      <Rates />
      {failed && <WhyFailed recorded={line.recorded} />}
      <span className={classes.right}>{pauses > 0 && say('cut_out', { count: pauses })}</span>
      <Downloads line={line} />
    </div>
  )
}

const IDLE = { playing: false, failed: false }
const PLAYING = { playing: true, failed: false }
const FAILED = { playing: false, failed: true }

/** Space plays and pauses, wherever nothing is typed or pressed by it. */
function useSpace(toggle: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.code !== 'Space' || event.repeat || event.ctrlKey || event.altKey || event.metaKey || takesSpace(event.target)) return
      event.preventDefault()
      toggle()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
}

function Rates() {
  const say = useWords()
  const player = useThePlayer()
  const rate = useHearing((hearing) => hearing.rate)
  return (
    <span className={classes.rates} role="group" aria-label={say('speed')}>
      {RATES.map((one) => (
        <UnstyledButton key={one} className={`num ${classes.rate}`} aria-pressed={one === rate} onClick={() => player.rate(one)}>{asNumber(one)}×</UnstyledButton>
      ))}
    </span>
  )
}

/** The sound could not be had: what the house says of the recording. */
function WhyFailed({ recorded }: { recorded: readonly RecordedPart[] }) {
  const say = useWords()
  const key = recorded.findLast(({ lasts }) => lasts !== null)?.recording ?? ''
  const about = useQuery({ queryKey: ['recording', key], queryFn: () => done(api.GET('/api/recordings/{key}', { params: { path: { key } } })), retry: false })
  if (about.error) return <RefusalNote why={about.error} />
  return <span role="alert" className={classes.quiet}>{say(about.data?.erased ? 'erased' : 'not_played')}</span>
}

function Downloads({ line }: { line: TimeLine }) {
  const say = useWords()
  return line.recorded.filter(({ lasts, failed }) => lasts !== null && !failed).map(({ recording }, at, all) => (
    <Button key={recording} component="a" size="compact-sm" variant="subtle" color="gray" href={`/api/recordings/${encodeURIComponent(recording)}/sound`} download={`${recording}.ogg`}
      leftSection={<IconDownload size={14} />}>
      {all.length === 1 ? say('recording') : say('recording_number', { number: at + 1 })}
    </Button>
  ))
}
