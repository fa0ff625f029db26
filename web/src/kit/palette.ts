import { useEffect } from 'react'
import { create } from 'zustand'

/** Something that can be found and done from anywhere with Ctrl+K. */
export interface Command {
  id: string
  /** Under which heading it stands, in the person's language. */
  group: string
  title: string
  /** What else finds it, and is shown small. */
  detail?: string
  keys?: string
  run: () => void
}

interface Palette {
  commands: Record<string, readonly Command[]>
  typed: string
}

export const usePalette = create<Palette>(() => ({ commands: {}, typed: '' }))

/** Offer commands while the component that calls this is on the page; `commands` must be a stable (memoised) list. */
export function useCommands(source: string, commands: readonly Command[]): void {
  useEffect(() => {
    usePalette.setState((now) => ({ commands: { ...now.commands, [source]: commands } }))
    return () => usePalette.setState(({ commands: { [source]: _gone, ...rest } }) => ({ commands: rest }))
  }, [source, commands])
}
