import { inLanguage, useLanguage } from '~/kit/words'
import { nameOf } from '../changes/changes'
import { useNaming } from '../changes/Changes'

/** What a thing is called: as it is now, else as the line of the audit knew it, else by its key. */
export function useThingTitle(): (kind: string, key: string, known?: unknown) => string {
  const naming = useNaming()
  useLanguage()
  return (kind, key, known) => {
    const now = naming(kind, key)
    return now !== key || known == null ? now : inLanguage(nameOf(known)) || key
  }
}
