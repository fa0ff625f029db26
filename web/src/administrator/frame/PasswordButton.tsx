import { Button, Group, Modal, PasswordInput, SegmentedControl } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { RefusalNote, tell } from '~/kit/refusals'
import classes from './frame.module.css'
import { showOnce } from './ShownOnce'
import { things } from './things'
import { useWords } from './words.frame'

interface Whose {
  kind: 'user' | 'device' | 'trunk'
  id: string
  title: string
  /** What another password means for whoever has the present one. */
  consequence: string
  /** What is made, where that is usual; carriers give theirs. */
  usually?: 'made' | 'typed'
}

/** Another password: a random one that is shown once, or one that is typed. */
export function PasswordButton(whose: Whose) {
  const say = useWords()
  const [opened, setOpened] = useState(false)
  const given = (password: string | null) => {
    setOpened(false)
    if (password === null) tell(say('password_set', { title: whose.title }))
    else showOnce({ title: say('password_title', { title: whose.title }), secret: password })
  }
  return (
    <>
      <Button onClick={() => setOpened(true)}>{say('password')}</Button>
      {opened && <GivePassword whose={whose} given={given} close={() => setOpened(false)} />}
    </>
  )
}

function GivePassword({ whose, given, close }: { whose: Whose; given: (shown: string | null) => void; close: () => void }) {
  const say = useWords()
  const [how, setHow] = useState(whose.usually ?? 'made')
  const [typed, setTyped] = useState('')
  const giving = useMutation({
    mutationFn: () => things.password(whose.kind, whose.id, how === 'made' ? null : typed),
    onSuccess: ({ password }) => given(how === 'made' ? password : null),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    giving.mutate()
  }
  return (
    <Modal opened onClose={close} title={say('new_password_title', { title: whose.title })} closeButtonProps={{ 'aria-label': say('cancel') }}>
      <form className={classes.form} onSubmit={send}>
        <SegmentedControl fullWidth value={how} onChange={(chosen) => setHow(chosen as 'made' | 'typed')} aria-label={say('password')}
          data={[{ value: 'made', label: say('password_made') }, { value: 'typed', label: say('password_typed') }]} />
        {how === 'typed' && <PasswordInput label={say('password')} autoComplete="new-password" data-autofocus required value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />}
        <p>{whose.consequence}</p>
        <RefusalNote why={giving.error} />
        <Group gap="xs" justify="flex-end">
          <Button variant="subtle" onClick={close}>{say('cancel')}</Button>
          <Button type="submit" variant="filled" loading={giving.isPending} disabled={how === 'typed' && typed === ''}>{say('password_give')}</Button>
        </Group>
      </form>
    </Modal>
  )
}
