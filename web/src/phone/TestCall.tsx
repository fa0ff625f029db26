import { Button } from '@mantine/core'
import { IconEar, IconPhoneOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { api, done } from '~/api/client'
import { RefusalNote } from '~/kit/refusals'
import { hangUp } from './acts'
import { LevelMeter } from './LevelMeter'
import { talkingIn, usePhone } from './phone'
import classes from './phone.module.css'
import { useWords } from './words.sound'

/** Hear yourself through the whole line. */
export function TestCall() {
  const say = useWords()
  const calls = usePhone((phone) => phone.calls)
  const ready = usePhone((phone) => phone.line.is === 'ready')
  const test = useMutation({ mutationFn: () => done(api.POST('/api/phone/test-call', { body: {} })) })
  const mine = calls.find(({ call }) => call !== null && call === test.data?.call)
  if (mine) {
    return (
      <div className={classes.choice}>
        <p role="status">{say('test_call_on')}</p>
        <div className={classes.hear}><span>{say('them')}</span><LevelMeter stream={mine.heard} /></div>
        <Button leftSection={<IconPhoneOff size={15} />} onClick={() => void hangUp(mine.call ?? '')}>{say('end_test')}</Button>
      </div>
    )
  }
  return (
    <div className={classes.choice}>
      <p className={classes.small}>{say('test_call_do')}</p>
      <Button leftSection={<IconEar size={15} />} disabled={!ready || talkingIn(calls) !== undefined} loading={test.isPending} onClick={() => test.mutate()}>{say('test_call')}</Button>
      <RefusalNote why={test.error} />
    </div>
  )
}
