import { Button } from '@mantine/core'
import { IconMicrophone, IconMicrophoneOff, IconPhone, IconPhoneOff } from '@tabler/icons-react'
import clsx from 'clsx'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { Lamp } from '~/kit/Lamp'
import { KeyHint } from '~/kit/small'
import { asTimer } from '~/kit/times'
import { useSecond } from '~/kit/Timer'
import { hangUp } from './acts'
import { answer, mute, ringingOf, talkingIn, usePhone } from './phone'
import classes from './phone.module.css'
import type { PhoneCall } from './talk'
import { callerLine } from './useAnnouncing'
import { useWords } from './words'

/** The call of this page while another page is looked at: always under the bar, with what matters most. */
export function CallStrip({ home }: { home: string }) {
  const calls = usePhone((phone) => phone.calls)
  const ringing = ringingOf(calls)
  if (ringing) return <Ringing call={ringing} home={home} />
  const talk = talkingIn(calls)
  return talk ? <Talking call={talk} home={home} /> : null
}

function Ringing({ call, home }: { call: PhoneCall; home: string }) {
  const say = useWords()
  return (
    <section className={clsx(classes.strip, classes.stripRings)} aria-label={say('incoming')} role="alert">
      <Lamp state="ringing" size={13} /><b className="num">{callerLine(call)}</b><span>{say('calls_you')}</span>
      <span className={classes.grow} />
      <Link to={home}>{say('to_call')}</Link>
      <Button variant="filled" leftSection={<IconPhone size={16} />} onClick={() => answer(call.id)}>{say('answer')}</Button>
    </section>
  )
}

function Talking({ call, home }: { call: PhoneCall; home: string }) {
  const say = useWords()
  useSecond()
  const Icon = call.muted ? IconMicrophoneOff : IconMicrophone
  useHangUpKey(call.call)
  return (
    <section className={clsx(classes.strip, classes.stripTalks)} aria-label={say('talk')}>
      <Lamp state="talking" size={13} /><b className="num">{asTimer((Date.now() - call.since) / 1000)}</b><span className="num">{callerLine(call)}</span>
      <span className={classes.grow} />
      <Link to={home}>{say('to_call')}</Link>
      <Button leftSection={<Icon size={16} />} aria-pressed={call.muted} onClick={() => mute(call.id, !call.muted)}>{say(call.muted ? 'muted' : 'microphone')}</Button>
      {call.call !== null && <Button leftSection={<IconPhoneOff size={16} />} rightSection={<KeyHint>Alt End</KeyHint>} onClick={() => void hangUp(call.call ?? '')}>{say('hang_up')}</Button>}
    </section>
  )
}

function useHangUpKey(key: string | null): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.altKey || event.code !== 'End' || key === null) return
      event.preventDefault()
      void hangUp(key)
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [key])
}
