import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconBackspace, IconPhone } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useDirectory } from '~/api/directory'
import { RefusalNote } from '~/kit/refusals'
import { dial } from '~/phone/acts'
import { LineNote } from '~/phone/notes'
import { usePhone } from '~/phone/phone'
import { looksLikeNumber } from '~/phone/useDialCommands'
import { Colleague, fits } from './PeoplePane'
import classes from './user.module.css'
import { useWords } from './words'

const KEYS = [['1', ''], ['2', 'ABC'], ['3', 'DEF'], ['4', 'GHI'], ['5', 'JKL'], ['6', 'MNO'], ['7', 'PQRS'], ['8', 'TUV'], ['9', 'WXYZ'], ['*', ''], ['0', '+'], ['#', '']] as const
const MOST_FOUND = 4

/** A number or a name, and the call. */
export function DialPane() {
  const say = useWords()
  const [typed, setTyped] = useState('')
  const entries = useDirectory()
  const number = usePhone((phone) => phone.number)
  const calling = useMutation({ mutationFn: dial, onSuccess: () => setTyped('') })
  const found = typed.trim() === '' ? [] : entries.filter((entry) => fits(entry, typed)).slice(0, MOST_FOUND)
  const to = looksLikeNumber(typed) ? typed : found[0]?.number
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (to) calling.mutate(to)
  }
  return (
    <form className={classes.dial} onSubmit={send}>
      <LineNote />
      <TextInput size="lg" aria-label={say('whom')} placeholder={say('whom_text')} value={typed} inputMode="tel" autoComplete="off" onChange={(event) => setTyped(event.currentTarget.value)}
        rightSection={typed && <ActionIcon variant="subtle" color="gray" aria-label={say('erase')} onClick={() => setTyped(typed.slice(0, -1))}><IconBackspace size={19} /></ActionIcon>} />
      {found.map((entry) => <Colleague key={entry.number} entry={entry} pick={({ number: chosen }) => calling.mutate(chosen)} />)}
      <div className={classes.pad}>
        {KEYS.map(([digit, letters]) => (
          <button key={digit} type="button" className={classes.digit} onClick={() => setTyped(typed + digit)}>{digit}<small aria-hidden>{letters}</small></button>
        ))}
      </div>
      <Button type="submit" variant="filled" size="lg" leftSection={<IconPhone size={19} />} disabled={!to} loading={calling.isPending}>{say('call')}</Button>
      <RefusalNote why={calling.error} />
      <p className={classes.own}>{number ? say('own_number', { number }) : say('no_own_number')}</p>
    </form>
  )
}
