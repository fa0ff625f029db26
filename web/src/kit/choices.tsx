import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { setLanguage, useLanguage, type Language } from './words'
import { useWords } from './words.kit'

export function LanguageChoice() {
  const language = useLanguage()
  const say = useWords()
  return (
    <SegmentedControl size="xs" fullWidth aria-label={say('language')} value={language} onChange={(chosen) => setLanguage(chosen as Language)}
      data={[{ value: 'ru', label: 'Русский' }, { value: 'en', label: 'English' }]} />
  )
}

export function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const say = useWords()
  return (
    <SegmentedControl size="xs" fullWidth aria-label={say('appearance')} value={colorScheme} onChange={(chosen) => setColorScheme(chosen as 'light' | 'dark' | 'auto')}
      data={[{ value: 'light', label: say('light') }, { value: 'dark', label: say('dark') }, { value: 'auto', label: say('as_system') }]} />
  )
}
