import { defineWords } from '~/kit/words'

export const { useWords, say } = defineWords('set-up limits', {
  en: { none: 'no limit' },
  ru: { none: 'без лимита' },
})
