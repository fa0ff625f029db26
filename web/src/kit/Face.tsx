/** People's faces: their photo, or the first letters of their names. */
import clsx from 'clsx'
import { useState } from 'react'
import { useNames } from '~/api/names'
import classes from './kit.module.css'

/** `Анна Соколова` → `АС`. */
export const initials = (name: string): string =>
  name.split(/\s+/).map((word) => Array.from(word.replace(/^[^\p{L}\p{N}]+/u, ''))[0] ?? '').filter(Boolean).slice(0, 2).join('').toLocaleUpperCase()

export const photoAddress = (photo: string): string => `/api/photos/${photo}`

interface FaceProps {
  /** As the server knows it; none: the letters are shown. */
  photo: string | null | undefined
  name: string
  size?: number
  /** What it is of, where the name does not stand beside it. */
  label?: string
}

export function Face({ photo, name, size = 28, label }: FaceProps) {
  const [broken, setBroken] = useState<string>()
  const shown = photo && photo !== broken ? photo : undefined
  const look = { width: size, height: size, fontSize: Math.round(size * 0.38) }
  if (shown) return <img className={classes.face} style={look} src={photoAddress(shown)} alt={label ?? ''} width={size} height={size} decoding="async" onError={() => setBroken(shown)} />
  const told = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return <span className={clsx(classes.face, classes.letters)} style={look} {...told}>{initials(name)}</span>
}

/** The face of one of us. */
export function FaceOf({ user, name, size }: { user: string; name: string; size?: number }) {
  const { photo } = useNames()
  return <Face photo={photo(user)} name={name} size={size} />
}
