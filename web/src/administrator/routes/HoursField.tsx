import { InputWrapper, SegmentedControl } from '@mantine/core'
import { Link } from 'react-router'
import { Pick, Wide } from '../frame/fields'
import { useThings } from '../frame/things'
import { useWords } from './words'

type When = 'always' | 'open' | 'closed'

/** A form of something that holds in hours. */
export type HoursForm = {
  label: (path: string) => string
  error: (path: string) => string | undefined
  choices: (path: string) => { value: string; label: string }[]
  value: { when?: When; calendar?: string | null }
  change: (part: { when?: When; calendar?: string | null }) => void
}

/** In which hours it holds; a calendar is asked for only where there are hours. */
export function HoursField({ form: { value, change, label, error, choices } }: { form: HoursForm }) {
  const say = useWords()
  const { data: calendars = [] } = useThings('calendar')
  const { when = 'always', calendar } = value
  const only = calendars.length === 1 ? calendars[0]?.thing.id : null
  const choose = (chosen: string) => change(chosen === 'always' ? { when: 'always', calendar: null } : { when: chosen as When, calendar: calendar ?? only })
  return (
    <>
      <Wide>
        <InputWrapper label={label('when')} labelElement="div" error={error('when')}>
          <div><SegmentedControl aria-label={label('when')} value={when} onChange={choose} data={choices('when')} /></div>
        </InputWrapper>
      </Wide>
      {when !== 'always' && (calendars.length === 0 ? <Wide><Link to="/set-up/calendars/+">{say('to_calendars')}</Link></Wide>
        : <Pick kind="calendar" nothing={say('no_calendar')} label={label('calendar')} error={error('calendar')} value={calendar} onChange={(key: string | null) => change({ calendar: key })} description={say('when_hint')} />)}
    </>
  )
}
