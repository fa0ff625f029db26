import { ActionIcon } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { TimeField } from '~/kit/when'
import { asHours } from '../changes/values'
import { replaced, without } from '../frame/lists'
import classes from './calendars.module.css'
import { furtherHours, type Hours } from './hours'
import { useWords } from './words'

interface HoursProps {
  /** Whose hours, for those who can't see the row. */
  day: string
  hours: readonly Hours[]
  onChange: (hours: Hours[]) => void
  error: (at: number) => string | undefined
}

/** The hours of one day, each from and until. */
export function HoursField({ day, hours, onChange, error }: HoursProps) {
  const say = useWords()
  const further = furtherHours(hours)
  const faults = hours.map((_, at) => error(at)).filter((fault) => fault !== undefined)
  return (
    <div className={classes.hours}>
      {hours.map((one, at) => (
        <span key={at} className={classes.span}>
          <Time label={say('from_of', { day })} value={one.begin} wrong={error(at) !== undefined} onChange={(begin) => onChange(replaced(hours, at, { ...one, begin }))} />
          <span aria-hidden>–</span>
          <Time label={say('until_of', { day })} value={one.end} wrong={error(at) !== undefined} onChange={(end) => onChange(replaced(hours, at, { ...one, end }))} />
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={say('drop_hours', { day, hours: asHours(one.begin, one.end) })} onClick={() => onChange(without(hours, at))}><IconX size={14} /></ActionIcon>
        </span>
      ))}
      {hours.length === 0 && <span className={classes.closed}>{say('closed')}</span>}
      {further && <ActionIcon size="sm" variant="default" aria-label={`${day}: ${say('add_hours')}`} title={say('add_hours')} onClick={() => onChange([...hours, further])}><IconPlus size={14} /></ActionIcon>}
      {faults.length > 0 && <span className={classes.fault}>{[...new Set(faults)].join('. ')}</span>}
    </div>
  )
}

function Time({ label, value, wrong, onChange }: { label: string; value: string; wrong: boolean; onChange: (time: string) => void }) {
  return <TimeField size="xs" className={classes.time} aria-label={label} error={wrong} value={value.slice(0, 5)} onChange={onChange} />
}
