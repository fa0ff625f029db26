import { SegmentedControl, TextInput } from '@mantine/core'
import { Pick } from '../frame/fields'
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

const KINDS = ['user', 'group', 'queue', 'scenario', 'extension', 'outside', 'voicemail', 'paging', 'mode', 'service'] as const
const SERVICES = ['parking', 'pick_up'] as const

/** Where something leads: first of which kind, then to which one, by title. */
export function TargetField({ label, value, onChange, error, but }: TargetFieldProps) {
  const kinds = useKinds()
  const kind = value.kind as (typeof KINDS)[number]
  return (
    <div className={classes.target} role="group" aria-label={label}>
      <span className={classes.targetLabel}>{label}</span>
      <SegmentedControl size="xs" className={classes.kinds} value={kind} aria-label={label} onChange={(chosen) => onChange({ kind: chosen as Target['kind'], key: chosen === 'service' ? SERVICES[0] : '' })}
        data={KINDS.map((one) => ({ value: one, label: upper(kinds(`kind_${one}`)) }))} />
      <Which kind={kind} value={value} error={error} but={but} onChange={onChange} />
    </div>
  )
}

type WhichProps = Omit<TargetFieldProps, 'label'> & { kind: (typeof KINDS)[number] }

function Which({ kind, value: { key }, onChange, error, but }: WhichProps) {
  const say = useWords()
  const label = say(`which_${kind}`)
  if (kind === 'service') return <SegmentedControl value={key} aria-label={label} onChange={(chosen) => onChange({ kind, key: chosen })} data={SERVICES.map((one) => ({ value: one, label: say(`service_${one}`) }))} />
  if (kind === 'outside') return <TextInput className="num" inputMode="tel" aria-label={label} placeholder={label} value={key} error={error} onChange={(event) => onChange({ kind, key: event.currentTarget.value.replace(/[\s()-]/g, '') })} />
  if (kind === 'voicemail') return <Pick kind="user" aria-label={label} nothing={label} value={key || null} error={error} onChange={(chosen) => onChange({ kind, key: chosen ?? '' })} />
  return <Pick kind={kind} aria-label={label} nothing={label} value={key || null} error={error} only={(one) => kind !== 'extension' || one !== but} onChange={(chosen) => onChange({ kind, key: chosen ?? '' })} />
}

const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
