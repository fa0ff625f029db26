import { UnstyledButton } from '@mantine/core'
import clsx from 'clsx'
import { useState } from 'react'
import type { Schemas } from '~/api/client'
import { KeyHint } from '../small'
import { inLanguage, useLanguage } from '../words'
import classes from './card.module.css'
import { useWords } from './words'

type Disposition = Schemas['Disposition']

interface Results {
  dispositions: readonly Disposition[]
  chosen: string | null
  onChoose?: (key: string | null) => void
  readOnly?: boolean
}

/** The rows of the tree that stand open: the roots, and below a chosen one what it divides into. */
export function rowsOf(all: readonly Disposition[], open: string | null): Disposition[][] {
  const rows = [all.filter(({ parent }) => !parent)]
  for (let at = pathTo(all, open), level = 0; level < at.length; level += 1) {
    const below = all.filter(({ parent }) => parent === at[level])
    if (below.length > 0) rows.push(below)
  }
  return rows
}

function pathTo(all: readonly Disposition[], key: string | null): string[] {
  const path: string[] = []
  for (let at = all.find((one) => one.key === key); at && !path.includes(at.key); at = all.find((one) => one.key === at?.parent)) path.unshift(at.key)
  return path
}

/** The results that a person can choose by Alt and a digit, in the order of the digits. */
export const byDigit = (all: readonly Disposition[], chosen: string | null): Disposition[] => rowsOf(all, chosen).flat().slice(0, 9)

/** The results of a card; one that divides further opens the next row. */
export function Dispositions({ dispositions, chosen, onChoose, readOnly = false }: Results) {
  const say = useWords()
  useLanguage()
  const [opened, setOpened] = useState<string | null>(null)
  const open = opened ?? chosen
  const path = pathTo(dispositions, open)
  const press = ({ key }: Disposition) => {
    const divides = dispositions.some(({ parent }) => parent === key)
    setOpened(divides ? key : null)
    onChoose?.(divides || key === chosen ? null : key)
  }
  let digit = 0
  return (
    <div className={classes.results} role="group" aria-label={say('result')} data-card-field="disposition">
      {rowsOf(dispositions, open).map((row, level) => (
        <div key={level} className={classes.resultRow}>
          {row.map((one) => (
            <UnstyledButton key={one.key} className={clsx(classes.result, path.includes(one.key) && classes.resultOpen, one.key === chosen && classes.resultChosen)}
              aria-pressed={one.key === chosen} disabled={readOnly} onClick={() => press(one)}>
              {(digit += 1) <= 9 && !readOnly && <KeyHint>{digit}</KeyHint>}{inLanguage(one.title)}
            </UnstyledButton>
          ))}
        </div>
      ))}
    </div>
  )
}
