/** Small signs that stand on every page. */
import { Popover, Text, UnstyledButton } from '@mantine/core'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import classes from './kit.module.css'
import { useWords } from './words.kit'

/** A key of the keyboard, as a hint; the one that has no letters on it has a word in each language. */
export function KeyHint({ children, inverse = false }: { children: ReactNode; inverse?: boolean }) {
  const say = useWords()
  return <kbd className={clsx(classes.key, inverse && classes.keyInverse)}>{children === 'Space' ? say('space') : children}</kbd>
}

/** A question mark beside a figure; opens how it is counted, or why it is so. */
export function Why({ children, label }: { children: ReactNode; label?: string }) {
  const say = useWords()
  return (
    <Popover width={300} position="bottom" withArrow>
      <Popover.Target>
        <UnstyledButton className={classes.question} aria-label={label ?? say('explain')}>?</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown><Text size="sm" component="div">{children}</Text></Popover.Dropdown>
    </Popover>
  )
}

export function Mark() {
  return (
    <span className={classes.mark}>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden>
        <circle cx="4" cy="4" r="2.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <circle cx="14" cy="14" r="2.6" fill="currentColor" />
        <path d="M6.2 5.2C10 7.5 8 10.5 11.8 12.8" fill="none" stroke="currentColor" strokeWidth="1.6" />
      </svg>
      <span className={classes.markName}>Switchroom</span>
    </span>
  )
}

export function SectionTitle({ children }: { children: ReactNode }) {
  return <h2 className={classes.sectionTitle}>{children}</h2>
}

/** What belongs here, and the first step towards it. `whole`: nothing else stands on the page, which it gives its heading. */
export function EmptyState({ title, children, action, whole = false }: { title: string; children?: ReactNode; action?: ReactNode; whole?: boolean }) {
  const Title = whole ? 'h1' : 'div'
  return (
    <div className={classes.empty}>
      <Title className={classes.emptyTitle}>{title}</Title>
      {children !== undefined && <div className={classes.emptyText}>{children}</div>}
      {action}
    </div>
  )
}
