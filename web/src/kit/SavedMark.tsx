import { IconCheck } from '@tabler/icons-react'
import clsx from 'clsx'
import classes from './kit.module.css'
import { Lamp } from './Lamp'
import { useSecond } from './Timer'
import { asTimer } from './times'
import { useWords } from './words.kit'

export type Saving =
  | { state: 'idle' }
  | { state: 'saving' }
  /** `at`: by this machine's clock, when the server said that it is on disk. */
  | { state: 'saved'; at: number }
  | { state: 'failed'; why: string }

/** Whether what was typed is on disk. */
export function SavedMark({ saving }: { saving: Saving }) {
  const say = useWords()
  useSecond()
  if (saving.state === 'idle') return null
  if (saving.state === 'failed') {
    return <span className={clsx(classes.saved, classes.savedBad)} role="status"><Lamp state="bad" />{say('not_saved')}: {saving.why}</span>
  }
  if (saving.state === 'saving') return <span className={classes.saved} role="status">{say('saving')}</span>
  return (
    <span className={classes.saved}>
      <IconCheck size={14} color="var(--ready)" />{say('saved', { time: asTimer((Date.now() - saving.at) / 1000) })}
    </span>
  )
}
