import type { ReactNode } from 'react'
import { create } from 'zustand'

/** A quiet line in the corner. */
export interface Toast {
  message: ReactNode
  /** After so many milliseconds it goes. */
  lasts: number
}

/** What waits to be shown; what shows it is only loaded once there is something. */
export const useToasts = create<{ waiting: readonly Toast[] }>(() => ({ waiting: [] }))

export const toast = (one: Toast): void => useToasts.setState(({ waiting }) => ({ waiting: [...waiting, one] }))
