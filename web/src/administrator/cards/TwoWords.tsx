import { TextInput } from '@mantine/core'
import { useLanguage } from '~/kit/words'
import { retitled, type Title } from './card'
import { useWords } from './words'

interface TwoProps {
  value: Title
  onChange: (title: Title) => void
  error: (language: 'ru' | 'en') => string | undefined
  label?: string
  autoFocus?: boolean
}

/** What something is called, in both languages; the second may be left to be the same. */
export function TwoWords({ value, onChange, error, label, autoFocus = false }: TwoProps) {
  const say = useWords()
  const language = useLanguage()
  const second = language === 'ru' ? 'en' : 'ru'
  return (
    <>
      <TextInput data-autofocus={autoFocus || undefined} autoFocus={autoFocus} label={label ?? say('title')} value={value[language]} error={error(language)} onChange={(event) => onChange(retitled(value, language, event.currentTarget.value))} />
      <TextInput label={say('title_second')} placeholder={say('title_same')} value={value[second] === value[language] ? '' : value[second]} error={error(second)}
        onChange={(event) => onChange({ ...value, [second]: event.currentTarget.value || value[language] })} />
    </>
  )
}
