import { useSound } from '../choices'
import type { DeskCall } from '../desk'
import { LevelMeter } from '../LevelMeter'
import { LineNote, MicrophoneTroubleNote } from '../notes'
import { speakThrough } from '../phone'
import type { PhoneCall } from '../talk'
import classes from './call.module.css'
import { useWords } from './words'

/** Both voices, moving; or where the talk is, if it is not at this page. */
export function Hearing({ call, here }: { call: DeskCall; here: PhoneCall | undefined }) {
  const say = useWords()
  const { microphone } = useSound()
  if (here === undefined) return <div className={classes.padTight}>{call.device?.startsWith('web.') ? <LineNote /> : say('on_other_phone')}</div>
  return (
    <>
      <div className={classes.hear}>
        <span>{say(call.queue ? 'customer' : 'them')}</span><LevelMeter stream={here.heard} />
        <span>{say('you')}</span><LevelMeter stream={here.muted ? null : here.said} />
      </div>
      {here.trouble && <div className={classes.padTight}><MicrophoneTroubleNote trouble={here.trouble} again={() => speakThrough(here.id, microphone)} /></div>}
    </>
  )
}
