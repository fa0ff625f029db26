import { Button, SegmentedControl, Select, Slider, Switch } from '@mantine/core'
import { IconBell, IconVolume } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { Note } from '~/kit/refusals'
import { chooseSound, type Tune, useSound } from './choices'
import { type SoundDevice, useDevices } from './devices'
import { LevelMeter } from './LevelMeter'
import { closeMicrophone, type Microphone, openMicrophone } from './microphone'
import { MicrophoneTroubleNote } from './notes'
import { speakThrough, talkingIn, usePhone } from './phone'
import classes from './phone.module.css'
import { Ringer, setSpeaker } from './ringer'
import { TestCall } from './TestCall'
import { useWords } from './words.sound'

/** Microphone, headphones and ring tone of this browser, each to be tried at once. */
export function SoundPanel() {
  const mine = useOwnMicrophone()
  const devices = useDevices(mine.microphone?.trouble)
  return (
    <div className={classes.sound}>
      <MicrophoneChoice microphones={devices.microphones} {...mine} />
      <SpeakerChoice speakers={devices.speakers} />
      <RingerChoice speakers={devices.speakers} />
      <Notifications />
      <TestCall />
    </div>
  )
}

/** The microphone that is chosen, open while the panel is; in a talk that of the talk. */
function useOwnMicrophone() {
  const { microphone: device } = useSound()
  const talk = usePhone(({ calls }) => talkingIn(calls))
  const inTalk = talk !== undefined
  const [opened, setOpened] = useState<Microphone | null>(null)
  const [tried, setTried] = useState(0)
  useEffect(() => {
    if (inTalk) return
    let here = true
    const opening = openMicrophone(device)
    void opening.then((microphone) => (here ? setOpened(microphone) : undefined))
    return () => {
      here = false
      setOpened(null)
      void opening.then(closeMicrophone)
    }
  }, [device, inTalk, tried])
  const ofTalk = talk?.said ? { stream: talk.said, trouble: talk.trouble } : null
  return { microphone: ofTalk ?? opened, again: () => (talk ? speakThrough(talk.id, device) : setTried(tried + 1)) }
}

function useEntries(devices: readonly SoundDevice[], chosen: string) {
  const say = useWords()
  const known = devices.map(({ value, label }, at) => ({ value, label: label || say('device_no', { no: at + 1 }) }))
  const value = known.some((entry) => entry.value === chosen) ? chosen : ''
  return { data: [{ value: '', label: say('system_choice') }, ...known], value }
}

function MicrophoneChoice({ microphones, microphone, again }: { microphones: SoundDevice[]; microphone: Microphone | null; again: () => void }) {
  const say = useWords()
  const { microphone: chosen } = useSound()
  const talk = usePhone(({ calls }) => talkingIn(calls))
  const choose = (device: string | null) => {
    chooseSound({ microphone: device ?? '' })
    if (talk) speakThrough(talk.id, device ?? '')
  }
  return (
    <div className={classes.choice}>
      <Select label={say('microphone')} {...useEntries(microphones, chosen)} onChange={choose} />
      <div className={classes.hear}><span>{say('you')}</span><LevelMeter stream={microphone?.stream ?? null} /></div>
      {microphone?.trouble && <MicrophoneTroubleNote trouble={microphone.trouble} again={again} />}
    </div>
  )
}

function SpeakerChoice({ speakers }: { speakers: SoundDevice[] }) {
  const say = useWords()
  const { speaker } = useSound()
  const entries = useEntries(speakers, speaker)
  if (!('setSinkId' in HTMLMediaElement.prototype)) return null
  return (
    <div className={classes.beside}>
      <Select className={classes.grow} label={say('speaker')} {...entries} onChange={(device) => chooseSound({ speaker: device ?? '' })} />
      <Button leftSection={<IconVolume size={15} />} onClick={() => void playTone(speaker)}>{say('try_speaker')}</Button>
    </div>
  )
}

/** A second of the tone that lines have. */
async function playTone(device: string): Promise<void> {
  const context = new AudioContext()
  const out = context.createMediaStreamDestination()
  const tone = new OscillatorNode(context, { frequency: 425 })
  tone.connect(new GainNode(context, { gain: 0.2 })).connect(out)
  const speaker = new Audio()
  speaker.srcObject = out.stream
  await setSpeaker(speaker, device)
  tone.onended = () => void context.close()
  tone.start()
  tone.stop(context.currentTime + 1)
  await speaker.play()
}

function RingerChoice({ speakers }: { speakers: SoundDevice[] }) {
  const say = useWords()
  const sound = useSound()
  const tunes = (['bell', 'soft', 'silent'] as const).map((value) => ({ value, label: say(`tune_${value}`) }))
  return (
    <div className={classes.choice}>
      <div>
        <div className={classes.label} id="tune-label">{say('tune')}</div>
        <SegmentedControl fullWidth aria-labelledby="tune-label" data={tunes} value={sound.tune} onChange={(tune) => chooseSound({ tune: tune as Tune })} />
      </div>
      <div className={classes.beside}>
        <Select className={classes.grow} label={say('ringer')} {...useEntries(speakers, sound.ringer)} onChange={(device) => chooseSound({ ringer: device ?? '' })} />
        <TryRing />
      </div>
      <div>
        <div className={classes.label}>{say('volume')}</div>
        <Slider label={null} thumbLabel={say('volume')} min={0.05} max={1} step={0.05} value={sound.volume} onChange={(volume) => chooseSound({ volume })} />
      </div>
    </div>
  )
}

function TryRing() {
  const say = useWords()
  const sound = useSound()
  const ringer = useRef(new Ringer())
  const [rings, setRings] = useState(false)
  useEffect(() => {
    const mine = ringer.current
    if (rings) mine.start(sound)
    return () => mine.stop()
  }, [rings, sound])
  return <Button leftSection={<IconBell size={15} />} disabled={sound.tune === 'silent'} onClick={() => setRings(!rings)}>{say(rings ? 'stop_ring' : 'try_ring')}</Button>
}

function Notifications() {
  const say = useWords()
  const { notify } = useSound()
  const [denied, setDenied] = useState(false)
  if (!('Notification' in window)) return null
  const change = async (wanted: boolean) => {
    const allowed = wanted ? await Notification.requestPermission() : 'default'
    setDenied(wanted && allowed === 'denied')
    chooseSound({ notify: allowed === 'granted' })
  }
  return (
    <div>
      <Switch size="xs" label={say('notify')} checked={notify} onChange={(event) => void change(event.currentTarget.checked)} />
      {denied && <Note tone="bad">{say('notify_denied')}</Note>}
    </div>
  )
}
