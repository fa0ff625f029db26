import { create } from 'zustand'

/** Two languages, first-class both. Each area of the client has its words beside its pages, in a file `words.ts`. */
export type Language = 'ru' | 'en'

const KEPT = 'switchroom.language'
const useChosen = create<{ language: Language }>(() => ({ language: firstLanguage() }))

/** A person's language: their own choice, else that of their account, else of their browser. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'ru' || kept === 'en') return kept
  return navigator.language.startsWith('ru') ? 'ru' : 'en'
}

export function setLanguage(language: Language): void {
  localStorage.setItem(KEPT, language)
  useChosen.setState({ language })
}

/** Take the account's language over, unless the person chose one here. */
export function suggestLanguage(language: string): void {
  if (localStorage.getItem(KEPT) === null && (language === 'ru' || language === 'en')) useChosen.setState({ language })
}

export const language = (): Language => useChosen.getState().language

export const useLanguage = (): Language => useChosen((chosen) => chosen.language)

/** One of a server's pairs of sentences. */
export const inLanguage = (pair: { en: string; ru: string }, chosen: Language = language()): string => pair[chosen]

/** A title inside a sentence: `Visit agreed` becomes `visit agreed`, `VIP` stays. */
export const inSentence = (title: string): string =>
  /^\p{Lu}\p{Lu}/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1)

/** Somebody's title inside a sentence, in the quotation marks of the language. */
export const inQuotes = (title: string): string => (language() === 'ru' ? `«${title}»` : `“${title}”`)

type Plural = `${string}_one` | `${string}_few` | `${string}_many` | `${string}_other`
type Stem<K> = K extends `${infer S}_one` | `${infer S}_other` ? S : K
type InRussian<E> = { [K in Exclude<keyof E, Plural>]: string } & {
  [K in Stem<Extract<keyof E, Plural>> & string as `${K}_one` | `${K}_few` | `${K}_many` | `${K}_other`]: string
}
type Values = Record<string, unknown>
export type Say<E> = (key: Stem<keyof E> & string, values?: Values) => string

const PLURALS = { en: new Intl.PluralRules('en'), ru: new Intl.PluralRules('ru') }

/** The sentence of a key, of its plural form where `count` asks for one; nothing if there is no such key. */
function worded(words: Record<string, string>, chosen: Language, key: string, values: Values): string | undefined {
  const plural = typeof values.count === 'number' ? words[`${key}_${PLURALS[chosen].select(values.count)}`] : undefined
  return (plural ?? words[key])?.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

/**
 * The words of one area. English plurals are `key_one`, `key_other`; Russian ones `key_one`, `key_few`, `key_many`,
 * `key_other`; both are asked for as `say('key', { count })`. Values stand in braces: `'Waited {time}'`.
 */
export function defineWords<const E extends Record<string, string>>(area: string, words: { en: E; ru: InRussian<E> }) {
  const saying = (chosen: Language): Say<E> => (key, values = {}) => worded(words[chosen], chosen, key, values) ?? `${area}: ${key}`
  const say = { en: saying('en'), ru: saying('ru') }
  return {
    /** In a component: says again when the language changes. */
    useWords: (): Say<E> => say[useLanguage()],
    /** Outside of components. */
    say: ((key, values) => say[language()](key, values)) as Say<E>,
    words,
  }
}
