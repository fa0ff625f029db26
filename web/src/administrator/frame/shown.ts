import { useMemo } from 'react'
import { type Kind, useTitleOf } from './things'
import { useWords } from './words.frame'

/** How a field is told in a difference between versions. */
export interface FieldWords {
  title: string
  /** Its value is the key, or the keys, of things of this kind. */
  names?: Kind
  /** Words for a value, where it does not speak for itself. */
  show?: (value: never) => string
}
/** By path without places in lists: `norm.within`. A field that is not named here is not told. */
export type Fields = Readonly<Record<string, FieldWords>>

/** Words for the value of a field. */
export function useShown(fields: Fields): (path: string, value: unknown) => string {
  const say = useWords()
  const titles = useTitlesOf(fields)
  return (path, value) => {
    const field = fields[path]
    if (value == null || value === '' || (Array.isArray(value) && value.length === 0)) return say('none')
    if (field?.show) return field.show(value as never)
    if (field?.names) return [value].flat().map((key) => titles[path]?.(String(key)) ?? String(key)).join(', ')
    if (typeof value === 'boolean') return say(value ? 'yes' : 'no')
    return [value].flat().map((part) => (typeof part === 'object' ? JSON.stringify(part) : String(part))).join(', ')
  }
}

/** The lists that these fields name. Fields of a section never change while it is shown, so neither does the order of hooks. */
function useTitlesOf(fields: Fields): Record<string, (key: string) => string> {
  const naming = useMemo(() => Object.entries(fields).filter(([, field]) => field.names), [fields])
  return Object.fromEntries(naming.map(([path, field]) => [path, useTitleOf(field.names as Kind)]))
}
