/** The call column while it rings. */
import { Button } from '@mantine/core'
import { IconPhone, IconPhoneOff } from '@tabler/icons-react'
import { KeyHint } from '~/kit/small'
import { asTimer } from '~/kit/times'
import { Timer, useSecond } from '~/kit/Timer'
import { hangUp } from '../acts'
import { LineNote } from '../notes'
import { answer } from '../phone'
import type { PhoneCall } from '../talk'
import type { DeskCall } from '../desk'
import { useKeys } from '~/kit/keys'
import { Band } from './Band'
import { Caller, Who } from './Caller'
import classes from './call.module.css'
import { useWords } from './words'

/** `here`: the session of this page that rings, if it does; `call`: as the house tells it, which may come a moment later. */
export function Ringing({ call, here }: { call: DeskCall | undefined; here: PhoneCall | undefined }) {
  const say = useWords()
  const take = here?.state === 'ringing' ? () => answer(here.id) : undefined
  useKeys({ Space: take })
  const since = call?.since ?? new Date(here?.since ?? Date.now()).toISOString()
  return (
    <>
      <Band tone="warn" lamp="ringing" caption={say('ringing')} big={<Timer since={since} />} under={call?.until && <PassesOn until={call.until} queued={call.queue !== null} />} />
      {call ? <Caller call={call} /> : <div className={classes.pad}><Who name={here?.name ?? ''} number={here?.number ?? ''} /></div>}
      <div className={`${classes.pad} ${classes.stack}`}>
        {here ? <AnswerButton busy={here.state === 'answering'} take={take} /> : <><p>{say('rings_elsewhere')}</p><LineNote /></>}
      </div>
      <div className={classes.fill} />
      {call && <Decline call={call} />}
    </>
  )
}

function AnswerButton({ busy, take }: { busy: boolean; take?: () => void }) {
  const say = useWords()
  return (
    <Button variant="filled" fullWidth className={classes.answer} leftSection={<IconPhone size={22} />} disabled={busy} onClick={take}
      rightSection={<KeyHint inverse>Space</KeyHint>}>{say(busy ? 'answering' : 'answer')}</Button>
  )
}

function PassesOn({ until, queued }: { until: string; queued: boolean }) {
  const say = useWords()
  const now = useSecond()
  return <div className={classes.under}>{say(queued ? 'rings_until' : 'rings_only', { time: asTimer((new Date(until).getTime() - now) / 1000) })}</div>
}

function Decline({ call }: { call: DeskCall }) {
  const say = useWords()
  return (
    <div className={classes.pinned} data-own-space>
      <button type="button" className={`${classes.hang} ${classes.quiet}`} onClick={() => void hangUp(call.id)}><IconPhoneOff size={17} />{say('decline')}</button>
      {call.queue !== null && <span className={classes.small}>{say('decline_text')}</span>}
    </div>
  )
}
