import { createContext, useContext } from 'react'

export const PIN = /^[0-9]{4,12}$/

/** The PIN of a room, typed in its form and published with it. */
export interface OwnPin {
  pin: string
  setPin: (pin: string) => void
}

const Own = createContext<OwnPin | null>(null)
export const OwnPinGiven = Own.Provider

export function useOwnPin(): OwnPin {
  const found = useContext(Own)
  if (!found) throw new Error('A PIN is given in the form of its room.')
  return found
}
