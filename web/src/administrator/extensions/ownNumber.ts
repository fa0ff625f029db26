import { createContext, useContext } from 'react'

/** The number of a person or a group, which is given in their form and saved with them. */
export interface OwnNumber {
  number: string
  setNumber: (number: string) => void
  /** What is wrong with it, told while it is typed. */
  fault: string | undefined
  /** A free one to take. */
  free: string
  /** Other numbers that lead to the same. */
  others: readonly string[]
}

const Own = createContext<OwnNumber | null>(null)
export const OwnNumberGiven = Own.Provider

export function useOwnNumber(): OwnNumber {
  const found = useContext(Own)
  if (!found) throw new Error('A number is given in the form of whom it leads to.')
  return found
}
