import i18n from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'

/** Two languages, first-class both. Each area of the client has its words beside its pages, in a file `words.ts`. */
export type Language = 'ru' | 'en'

const KEPT = 'switchroom.language'

/** A person's language: their own choice, else that of their account, else of their browser. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'ru' || kept === 'en') return kept
  return navigator.language.startsWith('ru') ? 'ru' : 'en'
}

void i18n.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: 'en',
  resources: {},
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  returnNull: false,
  showSupportNotice: false,
  keySeparator: false,
  nsSeparator: false,
})

export function setLanguage(language: Language): void {
  localStorage.setItem(KEPT, language)
  void i18n.changeLanguage(language)
}

/** Take the account's language over, unless the person chose one here. */
export function suggestLanguage(language: string): void {
  if (localStorage.getItem(KEPT) === null && (language === 'ru' || language === 'en')) void i18n.changeLanguage(language)
}

export function language(): Language {
  return i18n.language === 'ru' ? 'ru' : 'en'
}

export function useLanguage(): Language {
  const { i18n: now } = useTranslation()
  return now.language === 'ru' ? 'ru' : 'en'
}

/** One of a server's pairs of sentences. */
export const inLanguage = (pair: { en: string; ru: string }, chosen: Language = language()): string => pair[chosen]

/** A title inside a sentence: `Visit agreed` becomes `visit agreed`, `VIP` stays. */
export const inSentence = (title: string): string =>
  /^\p{Lu}\p{Lu}/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1)

type Plural = `${string}_one` | `${string}_few` | `${string}_many` | `${string}_other`
type Stem<K> = K extends `${infer S}_one` | `${infer S}_other` ? S : K
type InRussian<E> = { [K in Exclude<keyof E, Plural>]: string } & {
  [K in Stem<Extract<keyof E, Plural>> & string as `${K}_one` | `${K}_few` | `${K}_many` | `${K}_other`]: string
}
export type Say<E> = (key: Stem<keyof E> & string, values?: Record<string, unknown>) => string

/**
 * The words of one area. English plurals are `key_one`, `key_other`; Russian ones `key_one`, `key_few`, `key_many`,
 * `key_other`; both are asked for as `say('key', { count })`. Values stand in braces: `'Waited {time}'`.
 */
export function defineWords<const E extends Record<string, string>>(area: string, words: { en: E; ru: InRussian<E> }) {
  i18n.addResourceBundle('en', area, words.en)
  i18n.addResourceBundle('ru', area, words.ru)
  return {
    /** In a component: says again when the language changes. */
    useWords: (): Say<E> => useTranslation(area).t as unknown as Say<E>,
    /** Outside of components. */
    say: ((key: string, values?: Record<string, unknown>) => i18n.t(key, { ns: area, ...values })) as Say<E>,
    words,
  }
}
