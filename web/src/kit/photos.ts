import { api, done } from '~/api/client'
import { Refused } from '~/api/problem'
import { upload } from '~/api/upload'
import { photoAddress } from './Face'
import { say } from './words.photo'

const LARGEST_MB = 10
/** What the file dialog offers. */
export const PHOTO_KINDS = 'image/jpeg,image/png,image/webp'

export type Whose = 'own' | 'another'
const DOORS = { own: { method: 'PUT', path: '/api/session/photo' }, another: { method: 'POST', path: '/api/photos' } } as const

/** Keep a photo: one's own holds at once, another's once their form is saved. Throws: Refused; Unreachable. */
export async function sendPhoto(whose: Whose, file: Blob, name: string): Promise<string> {
  if (file.size > LARGEST_MB * 1024 * 1024) throw tooLarge(name)
  const { photo } = await upload<{ photo: string }>({ ...DOORS[whose], field: 'photo', file, name, onProgress: () => undefined, signal: new AbortController().signal })
  return photo
}

/** A refusal in the words of the server's own, before anything is sent. */
function tooLarge(name: string): Refused {
  const facts = { name, most: String(LARGEST_MB) }
  const words = say('photo_too_large', facts)
  return new Refused({ code: 'photo.too_large', en: words, ru: words, facts, fields: [] }, 413)
}

/** Be without a photo; gives back the way to have it again. */
export async function dropOwnPhoto(photo: string): Promise<() => Promise<string>> {
  const kept = await (await fetch(photoAddress(photo))).blob()
  await done(api.DELETE('/api/session/photo'))
  return () => sendPhoto('own', kept, 'photo.webp')
}
