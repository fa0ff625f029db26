import { IconArrowForwardUp, IconDialpad, IconMicrophone, IconMicrophoneOff, IconPhoneOff, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useKeys } from '~/kit/keys'
import { KeyHint } from '~/kit/small'
import { hangUp, hold } from '../acts'
import type { DeskCall } from '../desk'
import { mute } from '../phone'
import type { PhoneCall } from '../talk'
import classes from './call.module.css'
import { Signs } from './Signs'
import { useWords } from './words'

export type Open = 'transfer' | 'digits' | null

interface AtHand {
  call: DeskCall
  here: PhoneCall | undefined
  open: Open
  setOpen: (open: Open) => void
}

/** What is done with a call: always at the same place, never moved by anything that arrives. */
export function Controls({ call, here, open, setOpen }: AtHand) {
  const say = useWords()
  const acts = actsOf({ call, here, open, setOpen })
  const held = call.hold === 'them'
  useKeys({ 'Alt+KeyH': acts.hold, 'Alt+KeyT': acts.transfer, 'Alt+KeyM': acts.mute, 'Alt+Digit0': acts.digits })
  return (
    <div className={classes.pinned}>
      <Signs call={call} here={here} />
      <div className={classes.controls}>
        <Control icon={held ? <IconPlayerPlay size={19} /> : <IconPlayerPause size={19} />} word={say(held ? 'take_back' : 'hold')} keys="Alt H" act={acts.hold} pressed={held} />
        <Control icon={<IconArrowForwardUp size={19} />} word={say('transfer')} keys="Alt T" act={acts.transfer} expanded={open === 'transfer'} />
        <Control icon={here?.muted ? <IconMicrophoneOff size={19} /> : <IconMicrophone size={19} />} word={say(here?.muted ? 'muted' : 'microphone')} keys="Alt M" act={acts.mute} pressed={here?.muted ?? false} />
        <Control icon={<IconDialpad size={19} />} word={say('digits')} keys="Alt 0" act={acts.digits} expanded={open === 'digits'} />
      </div>
      <HangUp call={call} word={say('hang_up')} />
    </div>
  )
}

function actsOf({ call, here, open, setOpen }: AtHand) {
  const may = (can: DeskCall['can'][number]) => call.can.includes(can)
  const toggle = (what: Open) => () => setOpen(open === what ? null : what)
  return {
    hold: may('hold') || may('take_back') ? () => void hold(call.id, call.hold !== 'them') : undefined,
    transfer: may('send_on') || may('invite') ? toggle('transfer') : undefined,
    mute: here ? () => mute(here.id, !here.muted) : undefined,
    digits: may('digits') ? toggle('digits') : undefined,
  }
}

function Control({ icon, word, keys, act, pressed, expanded }: { icon: ReactNode; word: string; keys: string; act?: () => void; pressed?: boolean; expanded?: boolean }) {
  return (
    <button type="button" className={classes.control} disabled={!act} onClick={act} aria-pressed={pressed} aria-expanded={expanded}>
      {icon}{word}<KeyHint>{keys}</KeyHint>
    </button>
  )
}

export function HangUp({ call, word }: { call: DeskCall; word: string }) {
  const act = call.can.includes('hang_up') ? () => void hangUp(call.id) : undefined
  useKeys({ 'Alt+End': act })
  return <button type="button" className={classes.hang} disabled={!act} onClick={act}><IconPhoneOff size={18} />{word} <KeyHint>Alt End</KeyHint></button>
}
