import { UnstyledButton } from '@mantine/core'
import { Lamp } from '~/kit/Lamp'
import { muteRecording, record } from '../acts'
import { QualityMark } from '../QualityMark'
import type { PhoneCall } from '../talk'
import { useQuality } from '../useQuality'
import type { DeskCall } from '../desk'
import classes from './call.module.css'
import { useWords } from './words'

/** How well it is heard, and whether it is recorded. */
export function Signs({ call, here }: { call: DeskCall; here: PhoneCall | undefined }) {
  return (
    <div className={classes.signs}>
      {here ? <Heard id={here.id} /> : <span />}
      <Recording call={call} />
    </div>
  )
}

const Heard = ({ id }: { id: string }) => <QualityMark quality={useQuality(id)} />

/** Pressed while a customer tells the digits of a bank card. */
function Recording({ call }: { call: DeskCall }) {
  const say = useWords()
  if (!call.recorded && !call.can.includes('record')) return <span className={classes.sign}>{say('not_recorded')}</span>
  if (!call.recorded) {
    return <UnstyledButton className={classes.sign} title={say('record')} onClick={() => void record(call.id, true)}><Lamp state="off" size={9} />{say('not_recorded')}</UnstyledButton>
  }
  const muted = call.recording_muted
  return (
    <UnstyledButton className={classes.sign} aria-pressed={muted} title={say(muted ? 'resume_recording' : 'pause_recording')}
      disabled={!call.can.includes('mute_recording')} onClick={() => void muteRecording(call.id, !muted)}>
      <Lamp state={muted ? 'hold' : 'ready'} size={9} />{say(muted ? 'recording_muted' : 'recording')}
    </UnstyledButton>
  )
}
