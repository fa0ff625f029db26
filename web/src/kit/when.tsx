/** Days and times of day, written as in the reader's language on any computer; the browser's own fields follow its system instead. */
import { TextInput, type TextInputProps } from '@mantine/core'
import { DateInput, type DateInputProps } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/ru'
import { useEffect, useState } from 'react'
import { asDay, asTime } from './clock'
import { useLanguage } from './words'

interface DayProps extends Omit<DateInputProps, 'value' | 'onChange' | 'valueFormat' | 'locale'> {
  /** As `2026-11-26`; empty for none. */
  value: string
  onChange: (day: string) => void
}

/** One day, typed or picked. */
export function DayField({ value, onChange, ...rest }: DayProps) {
  const language = useLanguage()
  return (
    <DateInput {...rest} locale={language} valueFormat={language === 'ru' ? 'DD.MM.YYYY' : 'DD/MM/YYYY'} placeholder={language === 'ru' ? 'дд.мм.гггг' : 'dd/mm/yyyy'}
      value={value === '' ? null : value} dateParser={(typed) => asDay(typed, new Date())} onChange={(day) => onChange(day ?? '')} popoverProps={{ shadow: undefined }} />
  )
}

interface TimeProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** As `09:30`; empty for none. */
  value: string
  onChange: (time: string) => void
}

/** A time of day, on 24 hours; what is typed is the person's own until they leave the field. */
export function TimeField({ value, onChange, onBlur, ...rest }: TimeProps) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const type = (text: string) => {
    setTyped(text)
    if (/^\d\d:\d\d$/.test(text)) onChange(asTime(text) ?? '')
  }
  const settle = () => {
    const time = asTime(typed) ?? ''
    setTyped(time)
    if (time !== value) onChange(time)
  }
  return (
    <TextInput {...rest} inputMode="numeric" placeholder="00:00" maxLength={5} autoComplete="off" value={typed} onChange={(event) => type(event.currentTarget.value)}
      onBlur={(event) => { settle(); onBlur?.(event) }} onKeyDown={(event) => event.key === 'Enter' && settle()} />
  )
}
