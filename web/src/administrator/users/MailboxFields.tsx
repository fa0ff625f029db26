import { Switch } from '@mantine/core'
import { Duration, Pick, Wide } from '../frame/fields'
import type { ThingForm } from '../frame/useThingForm'
import classes from './users.module.css'
import { useWords } from './words'

const WHEN = ['no_answer', 'busy', 'unreachable'] as const

/** When this person's calls go to their voicemail, and what is heard there. */
export function MailboxFields({ form }: { form: ThingForm<'user'> }) {
  const say = useWords()
  const { always, no_answer: noAnswer } = form.value.voicemail
  return (
    <>
      <Wide><p className={classes.quiet}>{say('voicemail_about')}</p></Wide>
      <Switch {...form.tick('voicemail.always')} description={say('voicemail_always_hint')} />
      {!always && WHEN.map((when) => <Switch key={when} {...form.tick(`voicemail.${when}`)} />)}
      {!always && noAnswer && <Duration unit="seconds" {...form.field('voicemail.ring_for')} />}
      <Pick kind="prompt" clearable nothing={say('greeting_usual')} {...form.field('voicemail.greeting')} description={say('greeting_hint')} />
    </>
  )
}
