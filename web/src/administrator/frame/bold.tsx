import type { ReactNode } from 'react'

/** Our own words may hold `<b>`; what people wrote stays text, whatever it holds. */
export function withBold(words: string): ReactNode {
  return words.split(/<b>(.*?)<\/b>/).map((part, at) => (at % 2 ? <b key={at} className="num">{part}</b> : part))
}
