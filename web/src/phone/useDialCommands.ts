import { useMemo } from 'react'
import { useDirectory } from '~/api/directory'
import { type Command, useCommands, usePalette } from '~/kit/palette'
import { tellRefusal } from '~/kit/refusals'
import { useLanguage } from '~/kit/words'
import { dial } from './acts'
import { useWords } from './words'

/** What may be dialled as it was typed. */
export const looksLikeNumber = (typed: string): boolean => /^[+*#\d][\d\s()*#-]{1,24}$/.test(typed.trim())

export const call = (to: string): void => void dial(to.trim()).catch(tellRefusal)

/** Anybody is called from anywhere by Ctrl+K: by name, extension or number. */
export function useDialCommands(): void {
  const say = useWords()
  const language = useLanguage()
  const typed = usePalette((palette) => palette.typed)
  const entries = useDirectory(typed.trim() !== '')
  const commands = useMemo<Command[]>(() => {
    const people = entries.map(({ number, title, department }) => ({
      id: `call-${number}`, group: say('people'), title, detail: [number, department].filter(Boolean).join(' · '), run: () => call(number),
    }))
    const known = entries.some(({ number }) => number === typed.trim())
    if (!looksLikeNumber(typed) || known) return people
    return [{ id: 'call-typed', group: say('people'), title: say('call_number', { number: typed.trim() }), run: () => call(typed) }, ...people]
  }, [entries, typed, say, language])
  useCommands('dial', commands)
}
