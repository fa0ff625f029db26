import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Schemas } from '~/api/client'
import { isRefused, Refused } from '~/api/problem'
import { upload } from '~/api/upload'
import { freshThings } from '../frame/things'
import type { Language } from './heard'
import { say } from './words'
import { asWav } from './wav'

export type Uploaded = Schemas['Uploaded']
export const LARGEST_MB = 25

interface Target {
  prompt: string
  language: Language
}
interface Way {
  onProgress: (share: number) => void
  onConvert: () => void
  signal: AbortSignal
}

const megabytes = (file: Blob): number => Math.ceil(file.size / 1024 / 1024)

/** A refusal in the words of the server's own, before anything is sent. */
function tooLarge(name: string, size: number): Refused {
  const facts = { name, size: String(size), most: String(LARGEST_MB) }
  const words = say('too_large', facts)
  return new Refused({ code: 'sound.too_large', en: words, ru: words, facts, fields: [] }, 413)
}

/** Send a sound as it is; what the server can't read, the browser tries to. Throws: Refused; Unreachable; AbortError. */
export async function sendSound({ prompt, language }: Target, file: Blob, name: string, { onProgress, onConvert, signal }: Way): Promise<Uploaded> {
  if (megabytes(file) > LARGEST_MB) throw tooLarge(name, megabytes(file))
  const path = `/api/prompts/${encodeURIComponent(prompt)}/${language}/sound`
  const send = (what: Blob) => upload<Uploaded>({ path, field: 'sound', file: what, name, onProgress, signal })
  try {
    return await send(file)
  } catch (why) {
    if (!isRefused(why, 'sound.unreadable')) throw why
    onConvert()
    const wav = await asWav(file).catch(() => null)
    if (wav === null) throw why
    return send(wav)
  }
}

export type Sending = { state: 'idle' } | { state: 'sending'; name: string; share: number } | { state: 'converting'; name: string } | { state: 'refused'; why: unknown } | { state: 'sent'; name: string; uploaded: Uploaded }

/** One upload at a time, to one prompt in one language. `sent` hears of the version that it made. */
export function useSending(target: Target, sent: (uploaded: Uploaded) => void) {
  const queries = useQueryClient()
  const [sending, setSending] = useState<Sending>({ state: 'idle' })
  const stopping = useRef<AbortController | null>(null)
  const send = async (file: Blob, name: string) => {
    stopping.current?.abort()
    const { signal } = (stopping.current = new AbortController())
    setSending({ state: 'sending', name, share: 0 })
    try {
      const uploaded = await sendSound(target, file, name, { signal, onProgress: (share) => setSending({ state: 'sending', name, share }), onConvert: () => setSending({ state: 'converting', name }) })
      sent(uploaded)
      await freshThings(queries)
      setSending({ state: 'sent', name, uploaded })
    } catch (why) {
      setSending(signal.aborted ? { state: 'idle' } : { state: 'refused', why })
    }
  }
  return { sending, send, stop: () => stopping.current?.abort(), refuse: (why: unknown) => setSending({ state: 'refused', why }) }
}
