import { Popover, UnstyledButton } from '@mantine/core'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useKeys } from '~/kit/keys'
import { Lamp, type LampState } from '~/kit/Lamp'
import { type Command, useCommands } from '~/kit/palette'
import { LineNote, LineWords } from './notes'
import { type LineState, usePhone } from './phone'
import classes from './phone.module.css'
import { useWords } from './words'

const SoundPanel = lazy(async () => ({ default: (await import('./SoundPanel')).SoundPanel }))

const LAMP: Record<LineState['is'], LampState> = {
  ready: 'ready', connecting: 'reserved', lost: 'warn', elsewhere: 'away', insecure: 'warn', refused: 'bad', off: 'off',
}
/** What a person must do something about shows itself. */
const tellsItself = (line: LineState): boolean => line.is === 'insecure' || line.is === 'refused' || (line.is === 'elsewhere' && line.where === 'browser')

/** The state of the line; behind it the sound of this browser. */
export function LineLamp() {
  const say = useWords()
  const line = usePhone((phone) => phone.line)
  const [open, setOpen] = useState(false)
  const commands = useMemo<Command[]>(
    () => [{ id: 'sound', group: say('commands'), title: say('sound_command'), run: () => setOpen(true) }], [say],
  )
  useCommands('sound', commands)
  useKeys({ Escape: open && (() => setOpen(false)) })
  const tells = tellsItself(line)
  useEffect(() => {
    if (!tells) return
    setOpen(true)
    return () => setOpen(false)
  }, [tells])
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={360} withArrow trapFocus={false}>
      <Popover.Target>
        <UnstyledButton className={classes.lamp} aria-expanded={open} onClick={() => setOpen(!open)}>{say('line')} <Lamp state={LAMP[line.is]} size={9} /></UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel}>
        {line.is === 'ready' || line.is === 'connecting' ? <p><LineWords line={line} /></p> : <LineNote />}
        {line.is !== 'insecure' && <Suspense><SoundPanel /></Suspense>}
      </Popover.Dropdown>
    </Popover>
  )
}
