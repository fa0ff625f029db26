import { Button, Popover } from '@mantine/core'
import { IconSkull } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, done } from '~/api/client'
import { useConnection } from '~/api/feed'
import { RefusalNote } from '~/kit/refusals'
import classes from '~/phone/call/call.module.css'
import { useWords } from '../call/words'
import { useDemo } from './demo'

/** Ends the program hard in the middle of the visitor's own talk, and shows afterwards what became of it. */
export function DemoKill({ call }: { call: string }) {
  const say = useWords()
  const demo = useDemo()
  const { up } = useConnection()
  const [open, setOpen] = useState(false)
  const kill = useMutation({ mutationFn: () => done(api.POST('/api/demo/kill-engine')), onSuccess: () => setOpen(false) })
  if (demo === null) return null
  if (kill.isSuccess) {
    return <span role="status">{say('demo_killed')} {up && <Link to={`/calls/${call}`} target="_blank">{say('demo_story')}</Link>}</span>
  }
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="top-end" withArrow>
      <Popover.Target><Button size="xs" leftSection={<IconSkull size={15} />} onClick={() => setOpen(!open)}>{say('demo_kill')}</Button></Popover.Target>
      <Popover.Dropdown className={classes.stack}>
        <p>{say('demo_kill_text')}</p>
        <Button onClick={() => kill.mutate()} loading={kill.isPending}>{say('demo_kill')}</Button>
        <RefusalNote why={kill.error} />
      </Popover.Dropdown>
    </Popover>
  )
}
