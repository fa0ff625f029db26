import { SegmentedControl, TextInput } from '@mantine/core'
import { Pick } from '../frame/fields'
import { useWords as useKinds } from '../frame/words.frame'
import classes from './extensions.module.css'
import { kindWord, type Target } from './targets'
import { useWords } from './words'

interface TargetFieldProps {
  label: string
  value: Target
  onChange: (target: Target) => void
  error: string | undefined
  /** Numbers that it must not lead to: itself. */
  but?: string
}

const KINDS = ['user', 'group', 'queue', 'room', 'scenario', 'extension', 'outside', 'mode', 'service'] as const
const SERVICES = ['parking', 'pick_up', 'voicemail', 'paging'] as const
/** Services that are of something: of what. */
const OF = { voicemail: 'user', paging: 'paging' } as const

/** Where something leads: first of which kind, then to which one, by title. Voicemail and paging are shown among the services of the house. */
export function TargetField({ label, value, onChange, error, but }: TargetFieldProps) {
  useKinds()
  const kind = (value.kind in OF ? 'service' : value.kind) as (typeof KINDS)[number]
  return (
    <div className={classes.target} role="group" aria-label={label}>
      <span className={classes.targetLabel}>{label}</span>
      <SegmentedControl size="xs" classNames={{ root: classes.kinds, control: classes.oneKind }} value={kind} aria-label={label} onChange={(chosen) => onChange({ kind: chosen as Target['kind'], key: chosen === 'service' ? SERVICES[0] : '' })}
        data={KINDS.map((one) => ({ value: one, label: upper(kindWord(one)) }))} />
      <Which kind={kind} value={value} error={error} but={but} onChange={onChange} />
    </div>
  )
}

type WhichProps = Omit<TargetFieldProps, 'label'> & { kind: (typeof KINDS)[number] }

function Which({ kind, value, onChange, error, but }: WhichProps) {
  const say = useWords()
  const { key } = value
  const label = say(`which_${kind}`)
  if (kind === 'service') return <Service value={value} onChange={onChange} error={error} />
  if (kind === 'outside') return <TextInput className="num" inputMode="tel" aria-label={label} placeholder={label} value={key} error={error} onChange={(event) => onChange({ kind, key: event.currentTarget.value.replace(/[\s()-]/g, '') })} />
  return <Pick kind={kind} aria-label={label} nothing={label} value={key || null} error={error} only={(one) => kind !== 'extension' || one !== but} onChange={(chosen) => onChange({ kind, key: chosen ?? '' })} />
}

function Service({ value: { kind, key }, onChange, error }: Omit<WhichProps, 'kind' | 'but'>) {
  const say = useWords()
  const of = kind in OF ? (kind as keyof typeof OF) : null
  return (
    <>
      <SegmentedControl value={of ?? key} aria-label={say('which_service')} data={SERVICES.map((one) => ({ value: one, label: say(`service_${one}`) }))}
        onChange={(chosen) => onChange(chosen in OF ? { kind: chosen as keyof typeof OF, key: '' } : { kind: 'service', key: chosen })} />
      {of && <Pick kind={OF[of]} aria-label={say(`which_${of}`)} nothing={say(`which_${of}`)} value={key || null} error={error} onChange={(chosen) => onChange({ kind, key: chosen ?? '' })} />}
    </>
  )
}

const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
