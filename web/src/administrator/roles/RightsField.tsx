import { Checkbox } from '@mantine/core'
import type { Right } from '~/api/session'
import { inLanguage, useLanguage } from '~/kit/words'
import { useFieldsOf } from '../changes/Changes'
import classes from './roles.module.css'
import { useWords } from './words'

/** Every right, in the order in which people grow into them. A new one asks here for its words. */
export const RIGHTS: readonly Right[] = ['call', 'serve', 'see_numbers', 'see_calls', 'hear_recordings', 'export_recordings', 'listen', 'throw_modes', 'lift_blocks', 'supervise', 'administer']

/** Kept in one order, so that ticking twice is no change. */
export const toggled = (rights: readonly Right[], right: Right): Right[] => RIGHTS.filter((one) => (one === right) !== rights.includes(one))

interface RightsProps {
  label: string
  value: readonly Right[]
  onChange: (rights: Right[]) => void
  error?: string
  /** Only these can be given. */
  among?: readonly Right[]
}

/** Rights, each with what it allows. */
export function RightsField({ label, value, onChange, error, among = RIGHTS }: RightsProps) {
  const say = useWords()
  const titleOf = useRightTitles()
  return (
    <Checkbox.Group label={label} value={[...value]} error={error}>
      <div className={classes.rights}>
        {RIGHTS.filter((right) => among.includes(right)).map((right) => (
          <Checkbox key={right} value={right} label={titleOf(right)} description={say(`about_${right}`)} onChange={() => onChange(toggled(value, right))} />
        ))}
      </div>
    </Checkbox.Group>
  )
}

/** What each right is called. */
export function useRightTitles(): (right: Right) => string {
  useLanguage()
  const titles = useFieldsOf('role').find(({ key }) => key === 'rights')?.values ?? {}
  return (right) => (titles[right] ? inLanguage(titles[right]) : right)
}
