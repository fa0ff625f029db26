import type { Schemas } from '~/api/client'
import { keyFrom } from '../frame/keys'
import type { Thing } from '../frame/things'

export type Card = Thing<'card'>
export type Field = Schemas['Field']
export type Choice = Schemas['Choice']
export type Disposition = Schemas['Disposition']
export type Kind = Schemas['FieldKind']
export type Title = Schemas['Title']
type Language = 'ru' | 'en'

const other: Record<Language, Language> = { ru: 'en', en: 'ru' }

/** What is written in the reader’s language goes for the other, too, until that one is written itself. */
export function retitled(title: Title, language: Language, text: string): Title {
  const follows = title[other[language]] === '' || title[other[language]] === title[language]
  return { ...title, [language]: text, ...(follows && { [other[language]]: text }) }
}

/** A key for something new in a card: variables of scripts know no hyphens. */
export const keyOf = (title: string, taken: readonly string[], otherwise: string): string =>
  keyFrom(title, new Set(taken.map((key) => key.replaceAll('_', '-'))), otherwise).replaceAll('-', '_')

/** A key that was not published yet follows its title. */
export function renamed<T extends { key: string; title: Title }>(part: T, title: Title, language: Language, others: readonly string[], fixed: boolean, otherwise: string): T {
  return { ...part, title, key: fixed ? part.key : keyOf(title[language] || title.en, others, otherwise) }
}

export const blankField = (kind: Kind, taken: readonly string[]): Field => ({
  key: keyOf('', taken, 'field'), title: { en: '', ru: '' }, kind, required: false, choices: [], filled_from: null,
})

export const blankChoice = (text: string, taken: readonly string[]): Choice => ({ key: keyOf(text, taken, 'choice'), title: { en: text, ru: text } })

export const blankDisposition = (taken: readonly string[]): Disposition => ({ key: keyOf('', taken, 'result'), title: { en: '', ru: '' }, parent: null, final: true, success: false })

/** Only a list has choices. */
export const ofKind = (field: Field, kind: Kind): Field => ({ ...field, kind, choices: kind === 'list' ? (field.choices ?? []) : [] })

/** Several lines are several choices. */
export function withChoices(choices: readonly Choice[], lines: readonly string[]): Choice[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '').reduce<Choice[]>((all, line) => [...all, blankChoice(line, all.map(({ key }) => key))], [...choices])
}

/** Without a result, what lay within it comes up to its place. */
export function withoutDisposition(all: readonly Disposition[], key: string): Disposition[] {
  const gone = all.find((one) => one.key === key)
  return all.filter((one) => one.key !== key).map((one) => (one.parent === key ? { ...one, parent: gone?.parent ?? null } : one))
}

/** Within which others a result may lie: not within itself, nor within what lies in it. */
export function parentsFor(all: readonly Disposition[], key: string): Disposition[] {
  const lies = (one: Disposition | undefined, steps: number): boolean => one !== undefined && steps >= 0 && (one.key === key || lies(all.find(({ key: found }) => found === one.parent), steps - 1))
  return all.filter((one) => !lies(one, all.length))
}

/** A key was changed: who named it names the new one. */
export const rekeyed = (all: readonly Disposition[], from: string, to: string): Disposition[] => all.map((one) => (one.parent === from ? { ...one, parent: to } : one))

const NAMED = /\{([a-z][a-z0-9_]*)\}/g

/** Names that the script uses, and nobody knows. */
export const unknownIn = (script: string, known: ReadonlySet<string>): string[] => [...new Set([...script.matchAll(NAMED)].map(([, name]) => name ?? ''))].filter((name) => !known.has(name))

interface Scenario {
  graph: { nodes: Record<string, { params?: Record<string, unknown> }> }
}

/** Variables that scenarios set: every component that sets one names it so. */
export function variablesOf(scenarios: readonly Scenario[]): string[] {
  const named = scenarios.flatMap(({ graph }) => Object.values(graph.nodes).map(({ params }) => params?.variable))
  return [...new Set(named.filter((name): name is string => typeof name === 'string'))].sort()
}

/** What must be given before the card can be closed; `disposition` stands for the result. */
export function missingIn(card: Card, values: Record<string, unknown>, disposition: string | null): string[] {
  const nothing = (value: unknown) => value === undefined || value === null || value === '' || value === false
  const fields = card.fields.filter(({ key, required }) => required && nothing(values[key])).map(({ key }) => key)
  return card.disposition_required && disposition === null ? [...fields, 'disposition'] : fields
}
