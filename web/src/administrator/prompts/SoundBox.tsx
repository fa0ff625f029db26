import { Anchor, Button, Progress } from '@mantine/core'
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Note, RefusalNote } from '~/kit/refusals'
import { asShare, asTimer } from '~/kit/times'
import { inLanguage } from '~/kit/words'
import clsx from 'clsx'
import classes from './prompts.module.css'
import { RecordPanel } from './RecordPanel'
import type { Sending } from './sending'
import { useWords } from './words'

interface BoxProps {
  /** What the box is of: `Russian recording`. */
  name: string
  /** What is to be read while recording. */
  words: string
  /** What can be heard now. */
  children: ReactNode
  /** Whether there is a sound already. */
  filled: boolean
  take: (sound: Blob, name: string) => void
  refuse: (why: unknown) => void
  sending: Sending
  stop: () => void
}

/** The sound in one language: heard, dropped, chosen or recorded. */
export function SoundBox({ name, words, children, filled, take, refuse, sending, stop }: BoxProps) {
  const say = useWords()
  const title = useId()
  const [over, setOver] = useState(false)
  const takeFiles = (files: FileList | null) => {
    const [first] = files ?? []
    if (first === undefined) return
    if (files!.length > 1) return refuse(new Error(say('several', { count: files!.length })))
    take(first, first.name)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    takeFiles(event.dataTransfer.files)
  }
  return (
    <section className={clsx(classes.box, over && classes.over)} aria-labelledby={title} onDrop={drop} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}>
      <h3 id={title} className={classes.boxTitle}>{name}</h3>
      {children}
      <How sending={sending} stop={stop} />
      {sending.state !== 'sending' && sending.state !== 'converting' && (
        <div className={classes.ways}>
          <span className={classes.hint}>{filled ? say('anew') : say('drop')} {!filled && say('or')}</span>
          <FileLink name={name} choose={takeFiles} />
          <RecordPanel words={words} name={name} keep={(sound) => take(sound, `${name}.wav`)} />
        </div>
      )}
      {!filled && <p className={classes.kinds}>{say('kinds')}</p>}
    </section>
  )
}

function FileLink({ name, choose }: { name: string; choose: (files: FileList | null) => void }) {
  const say = useWords()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Anchor component="button" type="button" fz="inherit" aria-label={`${say('choose')}: ${name}`} onClick={() => input.current?.click()}>{say('choose')}</Anchor>
      <input ref={input} type="file" hidden aria-hidden tabIndex={-1} accept="audio/*,video/*,.wav,.mp3,.ogg,.opus,.flac,.m4a,.aac,.webm" data-testid={`file ${name}`}
        onChange={(event) => { choose(event.currentTarget.files); event.currentTarget.value = '' }} />
    </>
  )
}

function How({ sending, stop }: { sending: Sending; stop: () => void }) {
  const say = useWords()
  switch (sending.state) {
    case 'idle': return null
    case 'refused': return sending.why instanceof Error && sending.why.name === 'Error' && !('problem' in sending.why) ? <Note tone="warn">{sending.why.message}</Note> : <RefusalNote why={sending.why} />
    case 'converting': return <p role="status" className={classes.hint}>{say('converting', { name: sending.name })}</p>
    case 'sending': return (
      <div className={classes.sending} role="status">
        <span>{say('uploading', { name: sending.name, share: asShare(sending.share) })}</span>
        <Progress value={sending.share * 100} size={4} aria-label={say('uploading', { name: sending.name, share: '' })} />
        <Button size="xs" variant="subtle" onClick={stop}>{say('stop_upload')}</Button>
      </div>
    )
    case 'sent': return (
      <Note tone={sending.uploaded.remarks.length ? 'warn' : 'ready'}>
        {say('uploaded', { name: sending.name, time: asTimer(sending.uploaded.seconds) })} {sending.uploaded.remarks.map((remark) => inLanguage(remark)).join(' ')}
      </Note>
    )
  }
}
