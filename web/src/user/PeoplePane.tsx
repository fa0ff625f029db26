import { Button, TextInput, UnstyledButton } from '@mantine/core'
import { IconPhone, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { type Entry, useDirectory } from '~/api/directory'
import { FaceOf } from '~/kit/Face'
import { Lamp } from '~/kit/Lamp'
import { EntryState, entryLamp } from '~/kit/presence'
import { EmptyState } from '~/kit/small'
import { pickUp } from '~/phone/acts'
import { call } from '~/phone/useDialCommands'
import classes from './user.module.css'
import { useWords } from './words'

export const fits = ({ title, number, department, position }: Entry, typed: string): boolean =>
  `${title} ${number} ${department} ${position}`.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase())

/** Colleagues and what they do now; then queues and other numbers of the house. */
export function PeoplePane() {
  const say = useWords()
  const entries = useDirectory()
  const [typed, setTyped] = useState('')
  const found = entries.filter((entry) => fits(entry, typed))
  const people = found.filter(({ kind }) => kind === 'user')
  const others = found.filter(({ kind }) => kind !== 'user')
  return (
    <>
      <div className={classes.tools}>
        <TextInput className={classes.grow} size="xs" leftSection={<IconSearch size={14} />} aria-label={say('find')} placeholder={say('find')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      </div>
      <div className={classes.list}>
        {entries.length === 0 && <EmptyState title={say('nobody')}>{say('nobody_text')}</EmptyState>}
        {entries.length > 0 && found.length === 0 && <p className={classes.none}>{say('not_found')}</p>}
        {people.map((entry) => <Colleague key={entry.number} entry={entry} />)}
        {others.length > 0 && <h2 className={classes.section}>{say('others')}</h2>}
        {others.map((entry) => <Colleague key={entry.number} entry={entry} />)}
      </div>
    </>
  )
}

export function Colleague({ entry, pick }: { entry: Entry; pick?: (entry: Entry) => void }) {
  const say = useWords()
  const about = [entry.position, entry.department].filter(Boolean).join(', ')
  const { call: ringing, presence, who } = entry
  const takes = ringing && presence ? () => void pickUp(ringing) : undefined
  const fetches = ringing && !presence
  if (takes) return <Picks entry={entry} whom={who?.name || who?.number || ''} take={takes} />
  return (
    <UnstyledButton className={classes.colleague} aria-label={say(fetches ? 'fetch_whom' : 'call_whom', { name: fetches ? who?.name || who?.number || entry.title : entry.title })} onClick={() => (pick ?? (({ number }: Entry) => call(number)))(entry)}>
      <Sign entry={entry} />
      <span className={classes.who}><b>{entry.title}</b>{about && <span className={classes.dim}>{about}</span>}</span>
      <span className={classes.when}><span className="num">{entry.number}</span>{entry.kind !== 'scenario' && <span className={classes.dim}><EntryState entry={entry} /></span>}</span>
      <IconPhone size={16} className={classes.icon} aria-hidden />
    </UnstyledButton>
  )
}

/** What they do, and the face of a person. */
const Sign = ({ entry }: { entry: Entry }) => (
  <span className={classes.sign}>
    <Lamp state={entryLamp(entry)} size={12} />
    {entry.kind === 'user' && <FaceOf user={entry.key} name={entry.title} size={30} />}
  </span>
)

/** A colleague at whom it rings: whoever is free takes it. */
function Picks({ entry, whom, take }: { entry: Entry; whom: string; take: () => void }) {
  const say = useWords()
  return (
    <div className={classes.colleague}>
      <Sign entry={entry} />
      <span className={classes.who}><b>{entry.title}</b><span className={classes.dim}>{say('rings_there', { whom })}</span></span>
      <Button size="compact-sm" variant="default" onClick={take}>{say('pick_up')}</Button>
    </div>
  )
}
