/** The call column in a talk: who, how it sounds, whom to send them to; what is done with the call always at the bottom. */
import { IconArrowForwardUp, IconDialpad, IconMicrophone, IconMicrophoneOff, IconPhoneOff, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { KeyHint } from '~/kit/small'
import { asTimer } from '~/kit/times'
import { Timer, useSecond } from '~/kit/Timer'
import { hangUp, hold } from '~/phone/acts'
import { LevelMeter } from '~/phone/LevelMeter'
import { LineNote, MicrophoneTroubleNote } from '~/phone/notes'
import { mute, speakThrough } from '~/phone/phone'
import type { PhoneCall } from '~/phone/talk'
import { useSound } from '~/phone/choices'
import type { DeskCall } from '../desk'
import { useKeys } from '../keys'
import { Band } from './Band'
import { Caller } from './Caller'
import classes from './call.module.css'
import { Digits } from './Digits'
import { Signs } from './Signs'
import { DirectTransfer, Transfer } from './Transfer'
import { useWords } from './words'

type Open = 'transfer' | 'digits' | null

interface Talk {
  call: DeskCall
  /** The session of this page, if the talk is here. */
  here: PhoneCall | undefined
  /** Another call that rings meanwhile, and whatever else belongs above the controls. */
  children?: ReactNode
}

export function Talking({ call, here, children }: Talk) {
  const [open, setOpen] = useState<Open>(null)
  return (
    <>
      <TalkBand call={call} />
      <Caller call={call} />
      <div className={classes.fill}>
        {children}
        <Hearing call={call} here={here} />
        {open === 'transfer' && <Transfer call={call} close={() => setOpen(null)} />}
        {open === 'digits' && <Digits call={call} close={() => setOpen(null)} />}
        {open === null && <DirectTransfer call={call} />}
      </div>
      <Controls call={call} here={here} open={open} setOpen={setOpen} />
    </>
  )
}

function TalkBand({ call }: { call: DeskCall }) {
  const say = useWords()
  const time = <Timer since={call.since} />
  if (call.interrupted) {
    const text = call.interrupted.mine ? 'interrupted_text' : 'interrupted_there_text'
    return <Band tone="warn" lamp="warn" caption={say(call.interrupted.mine ? 'interrupted' : 'interrupted_there')} big={time} under={<Within until={call.interrupted.until} text={text} />} />
  }
  if (call.hold === 'them') return <Band tone="talk" lamp="hold" caption={say('held')} big={time} under={<div className={classes.under}>{say('held_text')}</div>} />
  if (call.hold === 'me') return <Band tone="talk" lamp="hold" caption={say('held_by_them')} big={time} />
  return <Band tone="talk" lamp="talking" caption={say('talk')} big={time} />
}

function Within({ until, text }: { until: string; text: 'interrupted_text' | 'interrupted_there_text' }) {
  const say = useWords()
  const now = useSecond()
  return <div className={classes.under} role="status">{say(text, { time: asTimer((new Date(until).getTime() - now) / 1000) })}</div>
}

/** Both voices, moving; or where the talk is, if it is not here. */
function Hearing({ call, here }: Omit<Talk, 'children'>) {
  const say = useWords()
  const { microphone } = useSound()
  if (here === undefined) {
    const note = call.device?.startsWith('web.') ? <LineNote /> : say('on_other_phone')
    return <div className={classes.pad}>{note}</div>
  }
  return (
    <>
      <div className={classes.hear}>
        <span>{say('them')}</span><LevelMeter stream={here.heard} />
        <span>{say('you')}</span><LevelMeter stream={here.muted ? null : here.said} />
      </div>
      {here.trouble && <div className={classes.padTight}><MicrophoneTroubleNote trouble={here.trouble} again={() => speakThrough(here.id, microphone)} /></div>}
    </>
  )
}

function Controls({ call, here, open, setOpen }: Omit<Talk, 'children'> & { open: Open; setOpen: (open: Open) => void }) {
  const say = useWords()
  const may = (can: DeskCall['can'][number]) => call.can.includes(can)
  const held = call.hold === 'them'
  const toggle = (what: Open) => setOpen(open === what ? null : what)
  const acts = {
    hold: may('hold') || may('take_back') ? () => void hold(call.id, !held) : undefined,
    transfer: may('send_on') ? () => toggle('transfer') : undefined,
    mute: here ? () => mute(here.id, !here.muted) : undefined,
    digits: () => toggle('digits'),
    hangUp: may('hang_up') ? () => void hangUp(call.id) : undefined,
  }
  useKeys({ 'Alt+KeyH': acts.hold, 'Alt+KeyT': acts.transfer, 'Alt+KeyM': acts.mute, 'Alt+Digit0': acts.digits, 'Alt+End': acts.hangUp })
  return (
    <div className={classes.pinned}>
      <Signs call={call} here={here} />
      <div className={classes.controls}>
        <Control icon={held ? <IconPlayerPlay size={19} /> : <IconPlayerPause size={19} />} word={say(held ? 'take_back' : 'hold')} keys="Alt H" act={acts.hold} pressed={held} />
        <Control icon={<IconArrowForwardUp size={19} />} word={say('transfer')} keys="Alt T" act={acts.transfer} expanded={open === 'transfer'} />
        <Control icon={here?.muted ? <IconMicrophoneOff size={19} /> : <IconMicrophone size={19} />} word={say(here?.muted ? 'muted' : 'microphone')} keys="Alt M" act={acts.mute} pressed={here?.muted ?? false} />
        <Control icon={<IconDialpad size={19} />} word={say('digits')} keys="Alt 0" act={acts.digits} expanded={open === 'digits'} />
      </div>
      <button type="button" className={classes.hang} disabled={!acts.hangUp} onClick={acts.hangUp}><IconPhoneOff size={18} />{say('hang_up')} <KeyHint>Alt End</KeyHint></button>
    </div>
  )
}

function Control({ icon, word, keys, act, pressed, expanded }: { icon: ReactNode; word: string; keys: string; act?: () => void; pressed?: boolean; expanded?: boolean }) {
  return (
    <button type="button" className={classes.control} disabled={!act} onClick={act} aria-pressed={pressed} aria-expanded={expanded}>
      {icon}{word}<KeyHint>{keys}</KeyHint>
    </button>
  )
}
