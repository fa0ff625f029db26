import { Button, CopyButton, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { create } from 'zustand'
import classes from './frame.module.css'
import { useWords } from './words.frame'

/** A password or a token that nobody will see again. */
export function ShownOnce({ title, secret, close, children }: { title: string; secret: string; close: () => void; children?: ReactNode }) {
  const say = useWords()
  return (
    <Modal opened onClose={close} title={title} size="md" closeOnClickOutside={false} withCloseButton={false}>
      <div className={classes.form}>
        <p>{say('password_once')}</p>
        <div className={classes.secret} data-testid="secret">{secret}</div>
        {children}
        <Group gap="xs" justify="flex-end">
          <CopyButton value={secret}>{({ copied, copy }) => <Button onClick={copy} data-autofocus>{say(copied ? 'copied' : 'copy')}</Button>}</CopyButton>
          <Button variant="filled" onClick={close}>{say('done')}</Button>
        </Group>
      </div>
    </Modal>
  )
}

interface Shown {
  title: string
  secret: string
  note?: string
}

const useShown = create<{ shown: Shown | null }>(() => ({ shown: null }))

/** Show a secret over whatever page comes next: the form that made it may be gone by then. */
export const showOnce = (shown: Shown): void => useShown.setState({ shown })

/** Where it is shown; stands once in the frame. */
export function SecretShown() {
  const { shown } = useShown()
  if (!shown) return null
  return <ShownOnce title={shown.title} secret={shown.secret} close={() => useShown.setState({ shown: null })}>{shown.note && <p>{shown.note}</p>}</ShownOnce>
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789'
const LONG = 16

/** A password that nobody guesses, of signs that nobody mistakes: it may have to be typed on a phone. */
export function randomPassword(): string {
  const octets = crypto.getRandomValues(new Uint8Array(LONG * 4))
  // What would make some letters likelier than others is thrown away.
  const fair = [...octets].filter((octet) => octet < 256 - (256 % LETTERS.length))
  return fair.slice(0, LONG).map((octet) => LETTERS[octet % LETTERS.length]).join('')
}
