import type { Schemas } from '~/api/client'

export type Rate = Schemas['Rate-Output']

/** Prices of a file put over those that there are, by the beginning of the number; in the order of the numbers. */
export function merged(rates: readonly Rate[], read: readonly Rate[]): Rate[] {
  const by = new Map([...rates, ...read].map((rate) => [rate.prefix, rate]))
  return [...by.values()].sort((a, b) => (a.prefix < b.prefix ? -1 : 1))
}

/** Those that a person looks for: by a number that begins so, or by the name of the place. */
export function found(rates: readonly Rate[], typed: string): Rate[] {
  const digits = typed.replace(/\D/g, '')
  const words = typed.trim().toLowerCase()
  if (words === '') return [...rates]
  return rates.filter(({ prefix, title = '' }) => (digits !== '' && (digits.startsWith(prefix) || prefix.startsWith(digits))) || (digits === '' && title.toLowerCase().includes(words)))
}
