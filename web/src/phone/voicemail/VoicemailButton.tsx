import { Popover, UnstyledButton } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import clsx from 'clsx'
import { lazy, Suspense } from 'react'
import { useBox } from './box'
import classes from './voicemail.module.css'
import { useWords } from './words.count'

const MessageList = lazy(async () => ({ default: (await import('./MessageList')).MessageList }))

/** Voicemail where there is no room for a page of it: a button that opens the list. It never takes the place of a call. */
export function VoicemailButton({ className }: { className?: string | undefined }) {
  const say = useWords()
  const count = useBox().data?.unheard ?? 0
  const label = count > 0 ? say('new_ones', { count }) : say('voicemail')
  return (
    <Popover position="bottom-end" trapFocus={false} withinPortal>
      <Popover.Target>
        <UnstyledButton className={clsx(count > 0 ? classes.count : className)} aria-label={label} title={label}><IconMail size={16} aria-hidden />{count > 0 && count}</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={4}><section className={classes.sheet} aria-label={say('voicemail')}><Suspense><MessageList /></Suspense></section></Popover.Dropdown>
    </Popover>
  )
}
