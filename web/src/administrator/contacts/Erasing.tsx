import { Button, Group, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { RefusalNote, tell } from '~/kit/refusals'
import type { Thing } from '../frame/things'
import { type Contact, contacts } from './doors'
import { useWords } from './words'

interface SureProps {
  title: string
  children: ReactNode
  erase: () => Promise<string>
  close: () => void
}

/** There is no way back, so the question names what goes. */
function Sure({ title, children, erase, close }: SureProps) {
  const say = useWords()
  const erasing = useMutation({ mutationFn: erase, onSuccess: (told) => { tell(told); close() } })
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': say('cancel') }}>
      <p>{children}</p>
      <RefusalNote why={erasing.error} />
      <Group mt="md" gap="xs" justify="flex-end">
        <Button data-autofocus onClick={close}>{say('cancel')}</Button>
        <Button variant="filled" loading={erasing.isPending} onClick={() => erasing.mutate()}>{say('erase')}</Button>
      </Group>
    </Modal>
  )
}

/** One contact. */
export function Erase({ list, contact, close, erased }: { list: string; contact: Contact; close: () => void; erased: () => void }) {
  const say = useWords()
  const name = contact.name || contact.numbers[0] || ''
  const erase = async () => {
    await contacts.erase(list, contact.id)
    erased()
    return say('erased', { name })
  }
  return <Sure title={say('erase_title', { name })} erase={erase} close={close}>{say('erase_text')}</Sure>
}

/** All of a list. */
export function EraseAll({ list, erased }: { list: Thing<'contact_list'>; erased: () => void }) {
  const say = useWords()
  const [asking, setAsking] = useState(false)
  const erase = async () => {
    const { count } = await contacts.eraseAll(list.id)
    erased()
    return say('erased_all', { count })
  }
  return (
    <>
      <Button size="xs" variant="subtle" onClick={() => setAsking(true)}>{say('erase_all')}</Button>
      {asking && <Sure title={say('erase_all_title', { name: list.title })} erase={erase} close={() => setAsking(false)}>{say('erase_all_text')}</Sure>}
    </>
  )
}
