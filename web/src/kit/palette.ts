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
  /** How often it was asked for. */
  asked: number
}

export const usePalette = create<Palette>(() => ({ commands: {}, typed: '', asked: 0 }))

export const openPalette = (): void => usePalette.setState(({ asked }) => ({ asked: asked + 1 }))

/** Offer commands while the component that calls this is on the page; `commands` must be a stable (memoised) list. */
export function useCommands(source: string, commands: readonly Command[]): void {
  useEffect(() => {
    usePalette.setState((now) => ({ commands: { ...now.commands, [source]: commands } }))
    return () => usePalette.setState(({ commands: { [source]: _gone, ...rest } }) => ({ commands: rest }))
  }, [source, commands])
}
