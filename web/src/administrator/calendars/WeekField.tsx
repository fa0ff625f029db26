import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useLanguage } from '~/kit/words'
import type { ThingForm } from '../frame/useThingForm'
import classes from './calendars.module.css'
import { capital, weekday } from './dayNames'
import { copied, DAYS, kept, type Week, WEEKDAYS } from './hours'
import { HoursField } from './HoursField'
import { useWords } from './words'

/** The hours of each day of a usual week. */
export function WeekField({ form }: { form: ThingForm<'calendar'> }) {
  useLanguage()
  const week: Week = form.value.week ?? {}
  const set = (changed: Week) => form.change({ week: kept(changed) })
  return (
    <div className={classes.week} role="group" aria-label={form.label('week')}>
      {DAYS.map((day) => (
        <div key={day} className={classes.day}>
          <span className={classes.dayName}>{capital(weekday(day))}</span>
          <HoursField day={capital(weekday(day))} hours={week[day] ?? []} onChange={(hours) => set({ ...week, [day]: hours })} error={(at) => form.error(`week.${day}.${at}`)} />
          {(week[day] ?? []).length > 0 && <Copy day={day} week={week} set={set} />}
        </div>
      ))}
    </div>
  )
}

function Copy({ day, week, set }: { day: string; week: Week; set: (week: Week) => void }) {
  const say = useWords()
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon size="sm" variant="subtle" color="gray" aria-label={say('copy_of', { day: capital(weekday(day)) })} title={say('copy')}><IconCopy size={14} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say('copy')}</Menu.Label>
        <Menu.Item onClick={() => set(copied(week, day, WEEKDAYS))}>{say('to_weekdays')}</Menu.Item>
        <Menu.Item onClick={() => set(copied(week, day, DAYS))}>{say('to_all')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
