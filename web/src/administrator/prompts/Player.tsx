import { ActionIcon, Slider } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { asTimer } from '~/kit/times'
import classes from './prompts.module.css'
import { useWords } from './words'

/** A short sound: played, paused, and moved through. `name` tells it from others on the page. */
export function Player({ src, name }: { src: string; name: string }) {
  const say = useWords()
  const audio = useRef<HTMLAudioElement>(null)
  const [playing, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [lasts, setLasts] = useState<number | null>(null)
  const [broken, setBroken] = useState(false)
  useEffect(() => { setAt(0); setPlaying(false); setLasts(null); setBroken(false) }, [src])
  const toggle = () => (playing ? audio.current?.pause() : void audio.current?.play().catch(() => setBroken(true)))
  if (broken) return <span className={classes.hint}>{say('cant_play')}</span>
  return (
    <div className={classes.player}>
      <audio ref={audio} src={src} preload="metadata" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} onEnded={() => setPlaying(false)} onError={() => setBroken(true)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)} onLoadedMetadata={(event) => setLasts(event.currentTarget.duration)} />
      <ActionIcon variant="default" size="md" radius="xl" aria-label={`${say(playing ? 'pause' : 'play')}: ${name}`} onClick={toggle}>
        {playing ? <IconPlayerPauseFilled size={13} /> : <IconPlayerPlayFilled size={13} />}
      </ActionIcon>
      <Slider size={3} thumbSize={11} className={classes.place} thumbLabel={`${say('place')}: ${name}`} label={null} min={0} max={lasts ?? 1} step={0.01} value={at} onChange={(place) => { if (audio.current) audio.current.currentTime = place }} />
      <span className={`num ${classes.time}`}>{asTimer(at)}{lasts !== null && Number.isFinite(lasts) && ` ${say('of')} ${asTimer(Math.round(lasts))}`}</span>
    </div>
  )
}
