import { Button, CopyButton, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './frame.module.css'
import { useWords } from './words.frame'

/** A password or a token that nobody will see again. */
export function ShownOnce({ title, secret, close, children }: { title: string; secret: string; close: () => void; children?: ReactNode }) {
  const say = useWords()
  return (
    <Modal opened onClose={close} title={title} size="md" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': say('done') }}>
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
