import { defineWords } from '~/kit/words'

export const { useWords } = defineWords('voicemail count', {
  en: {
    voicemail: 'Voicemail',
    new_ones: 'Voicemail, new: {count}',
  },
  ru: {
    voicemail: 'Голосовая почта',
    new_ones: 'Голосовая почта, новых: {count}',
  },
})
