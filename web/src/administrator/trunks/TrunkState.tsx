import { Lamp } from '~/kit/Lamp'
import { inLanguage } from '~/kit/words'
import { lampOf, useTrunksNow } from './now'
import classes from './trunks.module.css'
import { useWords } from './words'

/** Whether the line works now, why not, and how many calls are on it. */
export function TrunkState({ trunk }: { trunk: string }) {
  const say = useWords()
  const now = useTrunksNow()(trunk)
  const word = now?.up == null ? say('unknown') : say(now.up ? 'up' : 'down')
  return (
    <div className={classes.state} role="status">
      <Lamp state={lampOf(now)} /><b>{word}</b>
      {now?.up !== true && now?.why && <span>{inLanguage(now.why)}</span>}
      <span className={classes.grow} />
      {now && <span className={`num ${classes.quiet}`}>{say('channels_now', { busy: now.busy, most: now.most })}</span>}
    </div>
  )
}
