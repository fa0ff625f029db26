import { useEffect, useRef } from 'react'

/** What keys do, by their place on the keyboard: `Alt+KeyH`, `Control+Enter`, `Space`, `F2`. */
export type Keys = Record<string, (() => void) | undefined | false>

export function nameOf({ ctrlKey, metaKey, altKey, shiftKey, code }: KeyboardEvent): string {
  const held = [(ctrlKey || metaKey) && 'Control', altKey && 'Alt', shiftKey && 'Shift'].filter(Boolean)
  return [...held, code === 'NumpadEnter' ? 'Enter' : code].join('+')
}

const TYPED_INTO = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="radio"], [role="listbox"], [role="slider"]'

/** Space is text where one types; anywhere else it must answer, whatever button was pressed last. */
const belongsToPage = (name: string, target: EventTarget | null): boolean =>
  name === 'Space' && target instanceof Element && (target.closest(TYPED_INTO) !== null || target.closest('[data-own-space]') !== null)

/** Hear these keys wherever the cursor is; the browser's own meaning of them is put aside. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const name = nameOf(event)
      const act = latest.current[name]
      if (!act || belongsToPage(name, event.target)) return
      event.preventDefault()
      if (event.type === 'keydown' && !event.repeat) act()
    }
    // A button is pressed by the end of Space, so that is put aside, too.
    window.addEventListener('keydown', pressed)
    window.addEventListener('keyup', pressed)
    return () => {
      window.removeEventListener('keydown', pressed)
      window.removeEventListener('keyup', pressed)
    }
  }, [])
}
