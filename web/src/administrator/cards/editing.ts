import { createContext, useContext } from 'react'
import type { Card } from './card'

/** A card while somebody draws it. */
export interface Editing {
  card: Card
  change: (part: Partial<Card>) => void
  /** What is wrong there; whoever asks shows it. */
  error: (path: string) => string | undefined
  /** Whether anything is wrong within this place. */
  wrongIn: (path: string) => boolean
  /** What a field is called. */
  label: (path: string) => string
  /** Keys that are published: who filled them in knows them so. */
  fixed: { fields: ReadonlySet<string>; dispositions: ReadonlySet<string>; choicesOf: (field: string) => ReadonlySet<string> }
}

const Context = createContext<Editing | null>(null)
export const EditingProvider = Context.Provider

export function useEditing(): Editing {
  const editing = useContext(Context)
  if (editing === null) throw new Error('This belongs into the form of a card.')
  return editing
}
