import { SegmentedControl, TextInput, UnstyledButton } from '@mantine/core'
import { useMemo, useState } from 'react'
import { type Entry, useDirectory } from '~/api/directory'
import { Lamp } from '~/kit/Lamp'
import { EntryState, entryLamp } from '~/kit/presence'
import { consult, invite, sendOn } from '../acts'
import type { DeskCall } from '../desk'
import classes from './call.module.css'
import { useWords } from './words'

const AT_ONCE = 5
const MOST_FOUND = 8

/** People who are free first, then queues with somebody in them: what a hand wants is on top. */
const rank = (entry: Entry): number => {
  if (entry.kind === 'user') return entry.presence === 'free' ? 0 : entry.presence === 'away' ? 4 : 2
  return (entry.ready ?? 0) > 0 ? 1 : 3
}

const fits = ({ title, number, department }: Entry, typed: string): boolean =>
  `${title} ${number} ${department}`.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase())

/** One press sends the caller on. */
export function DirectTransfer({ call }: { call: DeskCall }) {
  const say = useWords()
  const entries = useDirectory()
  const nearest = useMemo(
    () => entries.filter(({ kind, key }) => (kind === 'user' && key !== call.other.user) || (kind === 'queue' && key !== call.queue)).sort((one, other) => rank(one) - rank(other)).slice(0, AT_ONCE),
    [entries, call.queue, call.other.user],
  )
  if (!call.can.includes('send_on')) return null
  return (
    <section className={classes.padTight}>
      <h3 className={classes.heading}>{say('send_now')}</h3>
      {nearest.map((entry) => <Target key={entry.number} entry={entry} call={call} />)}
    </section>
  )
}

function Target({ entry, call }: { entry: Entry; call: DeskCall }) {
  return (
    <UnstyledButton className={classes.quick} disabled={entry.presence === 'away'} onClick={() => void sendOn(call.id, entry.number)}>
      <Lamp state={entryLamp(entry)} /><span className={classes.quickName}>{entry.title}</span><span className={classes.quickState}><EntryState entry={entry} /></span>
    </UnstyledButton>
  )
}

type Mode = 'at_once' | 'ask_first' | 'add'
const MODES: readonly { mode: Mode; needs: DeskCall['can'][number]; act: (call: string, to: string) => Promise<void> }[] = [
  { mode: 'at_once', needs: 'send_on', act: sendOn },
  { mode: 'ask_first', needs: 'consult', act: consult },
  { mode: 'add', needs: 'invite', act: invite },
]
const NUMBER = /^\+?[0-9*#][0-9*# ().-]{0,38}$/

/** Anybody, by name or number: sent there at once, asked first, or called into the talk. */
export function Transfer({ call, close }: { call: DeskCall; close: () => void }) {
  const say = useWords()
  const entries = useDirectory()
  const [typed, setTyped] = useState('')
  const modes = MODES.filter(({ needs }) => call.can.includes(needs))
  const [wished, setWished] = useState<Mode>('at_once')
  const chosen = modes.find(({ mode }) => mode === wished) ?? modes[0]
  const found = entries.filter((entry) => fits(entry, typed)).slice(0, MOST_FOUND)
  const number = NUMBER.test(typed.trim()) ? typed.trim() : null
  const send = (to: string) => {
    void chosen?.act(call.id, to)
    close()
  }
  const pressed = (event: React.KeyboardEvent) => {
    if (event.code === 'Escape') close()
    const to = found[0]?.number ?? number
    if (event.code === 'Enter' && to) send(to)
  }
  return (
    <section className={`${classes.padTight} ${classes.pick}`}>
      {modes.length > 1 && (
        <SegmentedControl size="xs" fullWidth aria-label={say('mode')} value={chosen?.mode} onChange={(mode) => setWished(mode as Mode)}
          data={modes.map(({ mode }) => ({ value: mode, label: say(mode) }))} />
      )}
      <TextInput autoFocus label={say('to_whom')} placeholder={say('to_whom_text')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} onKeyDown={pressed} />
      <div>
        {found.map((entry) => (
          <UnstyledButton key={entry.number} className={classes.quick} onClick={() => send(entry.number)}>
            <Lamp state={entryLamp(entry)} /><span className={classes.quickName}>{entry.title}</span><span className={classes.quickState}>{entry.number}{entry.kind !== 'scenario' && <> · <EntryState entry={entry} /></>}</span>
          </UnstyledButton>
        ))}
        {found.length === 0 && number && <UnstyledButton className={classes.quick} onClick={() => send(number)}>{say(chosen?.mode === 'at_once' ? 'send_to' : 'ask_at', { number })}</UnstyledButton>}
        {found.length === 0 && !number && <p className={classes.small}>{say('no_colleagues')}</p>}
      </div>
    </section>
  )
}
