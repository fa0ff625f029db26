import { Button, Group, Modal } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useWords } from './words.frame'

/** What a guard of leaving needs of a form. */
export interface Leavable {
  title: string
  dirtyNow: () => boolean
  /** Whether it was saved. */
  save: () => Promise<boolean>
}

/** Goes along to the address of what was just made: the form stays, so nothing is left. */
export const MADE_HERE = 'made here'

/** Nobody leaves unsaved changes unwarned; put what it returns on the page. */
export function useLeaving({ title, dirtyNow, save }: Leavable): ReactNode {
  const say = useWords()
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirtyNow() && currentLocation.pathname !== nextLocation.pathname && nextLocation.state !== MADE_HERE)
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => dirtyNow() && event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirtyNow])
  if (blocker.state !== 'blocked') return null
  const saveAndLeave = async () => ((await save()) ? blocker.proceed() : blocker.reset())
  return (
    <Modal opened onClose={() => blocker.reset()} title={say('leave_title', { title })}>
      <p>{say('leave_text')}</p>
      <Group mt="md" gap="xs" justify="flex-end">
        <Button variant="subtle" onClick={() => blocker.reset()}>{say('leave_stay')}</Button>
        <Button onClick={() => blocker.proceed()}>{say('leave_discard')}</Button>
        <Button variant="filled" data-autofocus onClick={() => void saveAndLeave()}>{say('leave_save')}</Button>
      </Group>
    </Modal>
  )
}
