import { NumberInput } from '@mantine/core'
import type { Schemas } from '~/api/client'
import { useWords } from './words'

export type Limits = Schemas['Limits-Output']
type Limit = keyof Limits & string

const WHOLE: readonly Limit[] = ['calls', 'minutes_a_day', 'minutes_a_month']
const MONEY: readonly Limit[] = ['cost_a_day', 'cost_a_month']

interface LimitsProps {
  value: Limits | undefined
  /** The title of a limit, and what is wrong with it. */
  label: (limit: string) => string
  error: (limit: string) => string | undefined
  onChange: (limits: Limits) => void
}

/** Calls at once, minutes and cost; empty: no limit. */
export function LimitsFields({ value = {}, label, error, onChange }: LimitsProps) {
  const say = useWords()
  const set = (limit: Limit, typed: string | number) => {
    const amount = typed === '' ? null : MONEY.includes(limit) ? String(typed) : Number(typed)
    onChange({ ...value, [limit]: amount })
  }
  return [...WHOLE, ...MONEY].map((limit) => (
    <NumberInput key={limit} label={label(limit)} error={error(limit)} placeholder={say('none')} min={MONEY.includes(limit) ? 0 : 1} decimalScale={MONEY.includes(limit) ? 2 : 0}
      value={value[limit] == null ? '' : Number(value[limit])} onChange={(typed) => set(limit, typed)} />
  ))
}
