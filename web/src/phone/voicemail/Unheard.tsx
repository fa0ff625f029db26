import { IconMail } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useBox } from './box'
import classes from './voicemail.module.css'
import { useWords } from './words.count'

/** Where one's own messages stand. */
export const VOICEMAIL = '/phone?calls=voicemail'

/** How many messages are new, and the way to them; nothing while there are none. */
export function Unheard() {
  const say = useWords()
  const count = useBox().data?.unheard ?? 0
  if (count === 0) return null
  return <Link to={VOICEMAIL} className={classes.count} aria-label={say('new_ones', { count })} title={say('new_ones', { count })}><IconMail size={15} aria-hidden />{count}</Link>
}
