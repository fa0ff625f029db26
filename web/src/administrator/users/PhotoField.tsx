import { Anchor, Input } from '@mantine/core'
import clsx from 'clsx'
import { type DragEvent, useState } from 'react'
import { Face } from '~/kit/Face'
import { PhotoLink } from '~/kit/PhotoLink'
import { sendPhoto } from '~/kit/photos'
import { RefusalNote } from '~/kit/refusals'
import type { ThingForm } from '../frame/useThingForm'
import classes from './users.module.css'
import { useWords } from './words'

/** Chosen or dropped; it holds, like the rest of the form, once that is saved. */
export function PhotoField({ form }: { form: ThingForm<'user'> }) {
  const say = useWords()
  const [over, setOver] = useState(false)
  const { sending, why, take } = useTaking((photo) => form.change({ photo }))
  const { photo, name } = form.value
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) take(file)
  }
  return (
    <Input.Wrapper label={form.label('photo')} error={form.error('photo')} labelElement="div">
      <div className={clsx(classes.photo, over && classes.over)} onDrop={drop} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}>
        <Face photo={photo} name={name} size={56} label={say(photo ? 'photo_of' : 'photo_none', { name })} />
        <div className={classes.photoWays}>
          <div className={classes.linked}>
            <PhotoLink filled={photo !== null && photo !== undefined} disabled={sending} take={take} />
            {photo && <Anchor component="button" type="button" fz="inherit" onClick={() => form.change({ photo: null })}>{say('photo_remove')}</Anchor>}
          </div>
          <span className={classes.quiet} role="status">{say(sending ? 'photo_sending' : 'photo_hint')}</span>
        </div>
      </div>
      <RefusalNote why={why} />
    </Input.Wrapper>
  )
}

/** One upload at a time. */
function useTaking(taken: (photo: string) => void) {
  const [sending, setSending] = useState(false)
  const [why, setWhy] = useState<unknown>(null)
  const send = async (file: File) => {
    setSending(true)
    setWhy(null)
    try {
      taken(await sendPhoto('another', file, file.name))
    } catch (refusal) {
      setWhy(refusal)
    } finally {
      setSending(false)
    }
  }
  return { sending, why, take: (file: File) => void send(file) }
}
