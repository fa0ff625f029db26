import { SegmentedControl } from '@mantine/core'
import { Pick } from '../frame/fields'
import type { Kind } from '../frame/things'
import { useWords as useKinds } from '../frame/words.frame'
import classes from './extensions.module.css'
import type { Target } from './targets'
import { useWords } from './words'

interface TargetFieldProps {
  label: string
  value: Target
  onChange: (target: Target) => void
  error: string | undefined
  /** Numbers that it must not lead to: itself. */
  but?: string
}

const KINDS = ['user', 'group', 'queue', 'scenario', 'extension', 'mode', 'service'] as const
const SERVICES = ['parking', 'pick_up'] as const

/** Where something leads: first of which kind, then to which one, by title. */
export function TargetField({ label, value, onChange, error, but }: TargetFieldProps) {
  const say = useWords()
  const kinds = useKinds()
  const kind = value.kind as (typeof KINDS)[number]
  return (
    <div className={classes.target} role="group" aria-label={label}>
      <span className={classes.targetLabel}>{label}</span>
      <SegmentedControl value={kind} aria-label={label} onChange={(chosen) => onChange({ kind: chosen as Target['kind'], key: chosen === 'service' ? SERVICES[0] : '' })}
        data={KINDS.map((one) => ({ value: one, label: upper(kinds(`kind_${one}`)) }))} />
      {kind === 'service' ? (
        <SegmentedControl value={value.key} aria-label={say('which_service')} onChange={(key) => onChange({ kind, key })}
          data={SERVICES.map((one) => ({ value: one, label: say(`service_${one}`) }))} />
      ) : <Pick kind={kind as Kind} aria-label={say(`which_${kind}`)} nothing={say(`which_${kind}`)} value={value.key || null} error={error}
        only={(key) => kind !== 'extension' || key !== but} onChange={(key) => onChange({ kind, key: key ?? '' })} />}
    </div>
  )
}

const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
