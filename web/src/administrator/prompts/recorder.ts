import { useEffect, useRef, useState } from 'react'
import { useSound } from '~/phone/choices'
import { askFor, type MicrophoneTrouble, troubleOf } from '~/phone/microphone'
import { asWav } from './wav'

const LONGEST = 600_000
/** A fifth of a second, in octets. */
const LEAST = 6_400

export type Recording =
  | { state: 'idle' }
  | { state: 'asking' }
  | { state: 'recording'; stream: MediaStream; since: number }
  | { state: 'recorded'; sound: Blob; cut: boolean }
  | { state: 'trouble'; trouble: MicrophoneTrouble | 'insecure' | 'empty' }

/** Record with the microphone that this person chose; what was recorded comes as WAV, without silence at its ends. */
export function useRecorder() {
  const [recording, setRecording] = useState<Recording>({ state: 'idle' })
  const recorder = useRef<MediaRecorder | null>(null)
  const wanted = useRef(0)

  const start = async () => {
    if (!window.isSecureContext) return setRecording({ state: 'trouble', trouble: 'insecure' })
    const mine = (wanted.current += 1)
    setRecording({ state: 'asking' })
    try {
      const stream = await askFor(useSound.getState().microphone)
      if (mine !== wanted.current) return silence(stream)
      recorder.current = recordingOf(stream, {
        begun: () => setRecording({ state: 'recording', stream, since: Date.now() }),
        done: (sound, cut) => setRecording(sound === null ? { state: 'trouble', trouble: 'empty' } : { state: 'recorded', sound, cut }),
      })
    } catch (why) {
      setRecording({ state: 'trouble', trouble: troubleOf(why) })
    }
  }
  const stop = () => recorder.current?.state === 'recording' && recorder.current.stop()
  const forget = () => {
    wanted.current += 1
    const running = recorder.current
    recorder.current = null
    if (running) {
      running.onstop = null
      silence(running.stream)
    }
    setRecording({ state: 'idle' })
  }
  useEffect(() => () => recorder.current?.stream.getTracks().forEach((track) => track.stop()), [])
  return { recording, start, stop, forget }
}

const silence = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop())

interface Told {
  /** From now on nothing that is said is lost. */
  begun: () => void
  /** null: nothing was heard. */
  done: (sound: Blob | null, cut: boolean) => void
}

function recordingOf(stream: MediaStream, { begun, done }: Told): MediaRecorder {
  const recorder = new MediaRecorder(stream)
  const parts: Blob[] = []
  let cut = false
  const longest = setTimeout(() => { cut = true; recorder.stop() }, LONGEST)
  recorder.onstart = begun
  recorder.ondataavailable = ({ data }) => data.size > 0 && parts.push(data)
  recorder.onstop = () => {
    clearTimeout(longest)
    silence(stream)
    void asWav(new Blob(parts, { type: recorder.mimeType }), true).then((sound) => done(sound.size > LEAST ? sound : null, cut), () => done(null, cut))
  }
  recorder.start()
  return recorder
}
