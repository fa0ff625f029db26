import { Anchor } from '@mantine/core'
import { useRef } from 'react'
import { PHOTO_KINDS } from './photos'
import { useWords } from './words.kit'

/** Opens the file dialog for a photo. */
export function PhotoLink({ filled, take, disabled = false }: { filled: boolean; take: (file: File) => void; disabled?: boolean }) {
  const say = useWords()
  const input = useRef<HTMLInputElement>(null)
  const chosen = ([file]: FileList | []) => file && take(file)
  return (
    <>
      <Anchor component="button" type="button" fz="inherit" disabled={disabled} onClick={() => input.current?.click()}>{say(filled ? 'photo_replace' : 'photo_choose')}</Anchor>
      <input ref={input} type="file" hidden aria-hidden tabIndex={-1} accept={PHOTO_KINDS} data-testid="photo file"
        onChange={({ currentTarget }) => { chosen(currentTarget.files ?? []); currentTarget.value = '' }} />
    </>
  )
}
