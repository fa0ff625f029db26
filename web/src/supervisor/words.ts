import { defineWords } from '~/kit/words'

/** What all pages of the supervisor share. */
export const { useWords, say } = defineWords('supervisor', {
  en: {
    listening: 'You hear both sides; nobody hears you. Hang up to stop.',
  },
  ru: {
    listening: 'Вы слышите обе стороны, вас не слышит никто. Чтобы закончить, положите трубку.',
  },
})
