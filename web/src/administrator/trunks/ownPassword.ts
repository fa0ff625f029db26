import { createContext, useContext } from 'react'

/** The password of a new line, typed in its form and published with it. */
export interface OwnPassword {
  password: string
  setPassword: (password: string) => void
}

const Own = createContext<OwnPassword | null>(null)
export const OwnPasswordGiven = Own.Provider

export function useOwnPassword(): OwnPassword {
  const found = useContext(Own)
  if (!found) throw new Error('A password is given in the form of its line.')
  return found
}
