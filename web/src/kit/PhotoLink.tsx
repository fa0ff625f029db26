import { Anchor } from '@mantine/core'
import { type RefObject, useRef } from 'react'
import { PHOTO_KINDS } from './photos'
import { useWords } from './words.photo'

interface Takes {
  take: (file: File) => void
}

/** Opens the file dialog for a photo. */
export function PhotoLink({ filled, take, disabled = false }: Takes & { filled: boolean; disabled?: boolean }) {
  const say = useWords()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Anchor component="button" type="button" fz="inherit" disabled={disabled} onClick={() => input.current?.click()}>{say(filled ? 'photo_replace' : 'photo_choose')}</Anchor>
      <PhotoInput input={input} take={take} />
    </>
  )
}

/** What the dialog belongs to; a control of ours opens it. */
export function PhotoInput({ input, take }: Takes & { input: RefObject<HTMLInputElement | null> }) {
  const chosen = ([file]: FileList | []) => file && take(file)
  return (
    <input ref={input} type="file" hidden aria-hidden tabIndex={-1} accept={PHOTO_KINDS} data-testid="photo file"
      onChange={({ currentTarget }) => { chosen(currentTarget.files ?? []); currentTarget.value = '' }} />
  )
}
