import { useConnection } from '~/api/feed'
import classes from './kit.module.css'
import { Lamp } from './Lamp'
import { useSecond } from './Timer'
import { asTimer } from './times'
import { useWords } from './words.kit'

/** A lost connection is said at once, and what still works. */
export function ConnectionBanner() {
  const { up, since } = useConnection()
  return up ? null : <LostBanner since={since} />
}

/** `since` by this machine's clock, in milliseconds. */
export function LostBanner({ since }: { since: number }) {
  const say = useWords()
  useSecond()
  const time = asTimer((Date.now() - since) / 1000)
  return (
    <div className={classes.banner} role="status">
      <Lamp state="warn" />
      {navigator.onLine ? say('lost', { time }) : say('lost_offline')}
    </div>
  )
}
