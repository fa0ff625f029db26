import { Button } from '@mantine/core'
import { IconMicrophone, IconPlayerStopFilled } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { LevelMeter } from '~/phone/LevelMeter'
import { Lamp } from '~/kit/Lamp'
import { Note } from '~/kit/refusals'
import { asTimer } from '~/kit/times'
import { Player } from './Player'
import classes from './prompts.module.css'
import { useRecorder } from './recorder'
import { useWords } from './words'

interface Wish {
  /** What is to be read. */
  words: string
  name: string
  keep: (sound: Blob) => void
}

/** A recording from the microphone: watched while it is made, heard before it is kept. */
export function RecordPanel({ words, name, keep }: Wish) {
  const say = useWords()
  const { recording, start, stop, forget } = useRecorder()
  const begin = <Button size="xs" leftSection={<IconMicrophone size={14} />} onClick={() => void start()} aria-label={`${say('record')}: ${name}`}>{say('record')}</Button>
  switch (recording.state) {
    case 'idle': return begin
    case 'asking': return <div className={classes.panel} role="status">{say('asking')} <Button size="xs" variant="subtle" onClick={forget}>{say('cancel')}</Button></div>
    case 'trouble': return <div className={classes.panel}><Note tone="bad" action={<Button size="xs" onClick={() => void start()}>{say('once_more')}</Button>}>{say(`trouble_${recording.trouble}`)}</Note></div>
    case 'recording': return <Running stream={recording.stream} since={recording.since} words={words} stop={stop} forget={forget} />
    case 'recorded': return <Recorded sound={recording.sound} cut={recording.cut} name={name} keep={() => { keep(recording.sound); forget() }} again={() => void start()} forget={forget} />
  }
}

function Running({ stream, since, words, stop, forget }: { stream: MediaStream; since: number; words: string; stop: () => void; forget: () => void }) {
  const say = useWords()
  return (
    <div className={classes.panel}>
      <div className={classes.running}>
        <Lamp state="bad" /><b role="status">{say('recording')}</b><Gone since={since} />
        <span className={classes.level}><LevelMeter stream={stream} /></span>
        <Button size="xs" variant="filled" data-autofocus leftSection={<IconPlayerStopFilled size={13} />} onClick={stop}>{say('stop')}</Button>
        <Button size="xs" variant="subtle" onClick={forget}>{say('cancel')}</Button>
      </div>
      {words !== '' && <p className={classes.read}><span className={classes.hint}>{say('read')}</span> {words}</p>}
    </div>
  )
}

function Gone({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 200)
    return () => clearInterval(ticking)
  }, [])
  return <span className="num">{asTimer((now - since) / 1000)}</span>
}

function Recorded({ sound, cut, name, keep, again, forget }: { sound: Blob; cut: boolean; name: string; keep: () => void; again: () => void; forget: () => void }) {
  const say = useWords()
  const src = useObjectUrl(sound)
  return (
    <div className={classes.panel}>
      <p className={classes.hint}>{cut ? say('longest') : say('listen')}</p>
      <Player src={src} name={name} />
      <div className={classes.choices}>
        <Button size="xs" variant="filled" onClick={keep}>{say('keep')}</Button>
        <Button size="xs" onClick={again}>{say('once_more')}</Button>
        <Button size="xs" variant="subtle" onClick={forget}>{say('cancel')}</Button>
      </div>
    </div>
  )
}

/** An address of something in this browser, for as long as it is shown. */
export function useObjectUrl(blob: Blob): string {
  const url = useMemo(() => URL.createObjectURL(blob), [blob])
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  return url
}
