import { defineWords } from '../words'

export const { useWords, say } = defineWords('modes', {
  en: {
    modes: 'Day and night',
    day: 'Day',
    night: 'Night',
    by_itself: 'By itself',
  },
  ru: {
    modes: 'День и ночь',
    day: 'День',
    night: 'Ночь',
    by_itself: 'Сам',
  },
})
