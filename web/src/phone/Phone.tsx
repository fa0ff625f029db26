import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { may, useMe } from '~/api/session'
import { Note } from '~/kit/refusals'
import { useSound } from './choices'
import { closePhone, openPhone, ringingOf, talkingIn, usePhone } from './phone'
import { Ringer, setSpeaker } from './ringer'
import { useNotJoined } from './notJoined'
import { useAnnouncing } from './useAnnouncing'
import { useDialCommands } from './useDialCommands'
import { useQualityTold } from './useQuality'
import { useWords } from './words'

/** The phone of somebody who may call: lives across pages, sounds and rings. Shows itself only where the browser keeps it silent. */
export function Phone() {
  return may(useMe(), 'call') ? <Living /> : null
}

function Living() {
  useEffect(() => {
    openPhone()
    return closePhone
  }, [])
  useGoodbye()
  useRinging()
  useAnnouncing()
  useNotJoined()
  useDialCommands()
  return <><Sound /><Telling /></>
}

/** How well each talk is heard here, told to the house. */
function Telling() {
  const calls = usePhone((phone) => phone.calls)
  return calls.map(({ id, call, state }) => call !== null && state === 'talking' && <Told key={id} id={id} call={call} />)
}

function Told({ id, call }: { id: string; call: string }) {
  useQualityTold(id, call)
  return null
}

/** A page that goes says so: then it costs the customer a quarter of a second of music, not six. */
function useGoodbye(): void {
  useEffect(() => {
    const back = ({ persisted }: PageTransitionEvent) => void (persisted && openPhone())
    window.addEventListener('pagehide', closePhone)
    window.addEventListener('pageshow', back)
    return () => {
      window.removeEventListener('pagehide', closePhone)
      window.removeEventListener('pageshow', back)
    }
  }, [])
}

function useRinging(): void {
  const ringer = useRef(new Ringer())
  const sound = useSound()
  const rings = usePhone(({ calls }) => ringingOf(calls) !== undefined)
  const quietly = usePhone(({ calls }) => talkingIn(calls) !== undefined)
  useEffect(() => {
    const mine = ringer.current
    if (rings) mine.start(sound, quietly)
    return () => mine.stop()
  }, [rings, quietly, sound])
}

/** What the other side says. */
function Sound() {
  const say = useWords()
  const element = useRef<HTMLAudioElement>(null)
  const heard = usePhone(({ calls }) => talkingIn(calls)?.heard ?? null)
  const speaker = useSound((sound) => sound.speaker)
  const [silenced, setSilenced] = useState(false)
  const play = () => {
    setSilenced(false)
    element.current?.play().catch((why: unknown) => setSilenced(why instanceof Error && why.name === 'NotAllowedError'))
  }
  useEffect(() => {
    const audio = element.current
    if (audio === null) return
    audio.srcObject = heard
    if (heard === null) setSilenced(false)
    else play()
  }, [heard])
  useEffect(() => {
    if (element.current) void setSpeaker(element.current, speaker)
  }, [speaker])
  return (
    <>
      <audio id="remote-audio" ref={element} />
      {silenced && <Note tone="bad" action={<Button size="compact-sm" onClick={play}>{say('sound_on')}</Button>}>{say('silenced')}</Note>}
    </>
  )
}
