import { Tooltip, UnstyledButton } from '@mantine/core'
import { useConnection } from '~/api/feed'
import { Lamp } from '~/kit/Lamp'
import { useWords } from '../words'
import classes from './bar.module.css'

/** Whether the house answers, and whether its switch stands. */
export function LinkLamp({ switchUp }: { switchUp: boolean }) {
  const say = useWords()
  const { up } = useConnection()
  const text = !up ? say('link_down') : switchUp ? say('link_up') : say('switch_down')
  return (
    <Tooltip label={text} multiline w={280}>
      <UnstyledButton className={classes.lamp} aria-label={`${say('link')}: ${text}`}>{say('link')} <Lamp state={up && switchUp ? 'ready' : 'warn'} size={9} /></UnstyledButton>
    </Tooltip>
  )
}
