import { useEffect, useRef, useState } from 'react'
import { soundOf } from './messages'

/** One message is heard at a time. */
export interface Playing {
  message: string | null
  playing: boolean
  /** Seconds from its beginning. */
  position: number
  failed: boolean
}

const QUIET: Playing = { message: null, playing: false, position: 0, failed: false }

/** The sound of a list of messages: what plays, and where. Nothing is fetched before somebody wants to hear it: that is noted. */
export function useSound(heard: () => void) {
  const [now, setNow] = useState<Playing>(QUIET)
  const audio = useRef<HTMLAudioElement | null>(null)
  const latest = useRef(heard)
  latest.current = heard
  useEffect(() => {
    const sound = new Audio()
    audio.current = sound
    const set = (part: Partial<Playing>) => setNow((was) => ({ ...was, ...part }))
    sound.ontimeupdate = () => set({ position: sound.currentTime })
    sound.onplaying = () => { set({ playing: true }); latest.current() }
    sound.onpause = () => set({ playing: false })
    sound.onended = () => set({ playing: false, position: 0 })
    sound.onerror = () => sound.src && set({ playing: false, failed: true })
    return () => {
      sound.onerror = null
      sound.pause()
      sound.removeAttribute('src')
    }
  }, [])
  const toggle = (message: string) => {
    const sound = audio.current
    if (sound === null) return
    if (now.message !== message || now.failed) {
      sound.src = soundOf(message)
      setNow({ ...QUIET, message })
    } else if (now.playing) {
      sound.pause()
      return
    }
    sound.play().catch(() => undefined) // told by onerror; a pause right after it is none
  }
  const seek = (position: number) => {
    if (audio.current) audio.current.currentTime = position
    setNow((was) => ({ ...was, position }))
  }
  return { now, toggle, seek }
}
