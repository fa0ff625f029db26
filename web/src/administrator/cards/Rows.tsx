import { ActionIcon, Anchor, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconGripVertical, IconX } from '@tabler/icons-react'
import clsx from 'clsx'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { tell } from '~/kit/refusals'
import { useDrag } from '../frame/drag'
import { reordered, without } from '../frame/lists'
import classes from './cards.module.css'
import { useWords } from './words'

interface RowsProps<T> {
  label: string
  rows: readonly T[]
  onChange: (rows: T[]) => void
  /** Another way to take one out, where others hang on it. */
  drop?: (row: T) => T[]
  titleOf: (row: T) => string
  /** Small, after the title. */
  detailOf: (row: T) => ReactNode
  /** Marks the line: something in it is to be mended. */
  faultIn: (at: number) => boolean
  /** What opens below a line. */
  children: (row: T, at: number) => ReactNode
  opened: number | null
  open: (at: number | null) => void
  /** Whether lines lie within others, by how many levels. */
  depthOf?: (row: T) => number
}

/** Lines in an order: dragged, moved by arrows and by Alt ↑ and Alt ↓, opened to be changed, taken out and put back. */
export function Rows<T>({ label, rows, onChange, drop, titleOf, detailOf, faultIn, children, opened, open, depthOf }: RowsProps<T>) {
  const say = useWords()
  const move = (from: number, to: number) => {
    if (to < 0 || to >= rows.length) return
    onChange(reordered(rows, from, to))
    if (opened !== null) open(opened === from ? to : null)
  }
  const drag = useDrag(rows.length, move)
  const list = useRef<HTMLOListElement>(null)
  const [moved, setMoved] = useState<number | null>(null)
  // A line that was moved by keys keeps the focus.
  useEffect(() => {
    if (moved === null) return
    list.current?.querySelectorAll<HTMLElement>('[data-line]')[moved]?.focus()
    setMoved(null)
  }, [moved])
  const takeOut = (row: T, at: number) => {
    const before = rows
    onChange(drop ? drop(row) : without(rows, at))
    open(null)
    tell(say('dropped', { title: titleOf(row) }), 'ready', <Anchor component="button" fz="inherit" onClick={() => onChange([...before])}>{say('put_back')}</Anchor>)
  }
  const press = (event: KeyboardEvent, at: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    const to = at + (event.key === 'ArrowUp' ? -1 : 1)
    if (to < 0 || to >= rows.length) return
    move(at, to)
    setMoved(to)
  }
  return (
    <ol ref={list} className={classes.rows} aria-label={label}>
      {rows.map((row, at) => {
        const title = titleOf(row)
        return (
          <li key={at} className={clsx(classes.row, drag.over === at && classes.rowOver)} style={{ paddingLeft: (depthOf?.(row) ?? 0) * 20 }} {...(opened === at ? {} : drag.of(at))}>
            <div className={classes.rowHead}>
              <IconGripVertical size={14} className={classes.grip} aria-hidden />
              <UnstyledButton className={classes.rowTitle} aria-expanded={opened === at} aria-label={say('edit', { title })} data-line
                onClick={() => open(opened === at ? null : at)} onKeyDown={(event) => press(event, at)}>
                <span className={clsx(classes.rowName, faultIn(at) && classes.rowFault)}>{title}</span><span className={classes.rowDetail}>{detailOf(row)}</span>
              </UnstyledButton>
              <ActionIcon size="sm" variant="subtle" color="gray" disabled={at === 0} aria-label={say('move_up', { title })} onClick={() => move(at, at - 1)}><IconChevronUp size={15} /></ActionIcon>
              <ActionIcon size="sm" variant="subtle" color="gray" disabled={at === rows.length - 1} aria-label={say('move_down', { title })} onClick={() => move(at, at + 1)}><IconChevronDown size={15} /></ActionIcon>
              <ActionIcon size="sm" variant="subtle" color="gray" aria-label={say('drop', { title })} onClick={() => takeOut(row, at)}><IconX size={14} /></ActionIcon>
            </div>
            {opened === at && <div className={classes.opened}>{children(row, at)}</div>}
          </li>
        )
      })}
    </ol>
  )
}
