import { useHotkeys } from '@mantine/hooks'
import { lazy, Suspense, useEffect } from 'react'
import { openPalette, usePalette } from './palette'

const load = async () => ({ default: (await import('./PaletteDialog')).PaletteDialog })
const PaletteDialog = lazy(load)

/** Once somebody moves a hand, long before it is at Ctrl+K. */
function useLoadedEarly(): void {
  useEffect(() => {
    const once = { once: true, passive: true }
    const signs = ['keydown', 'pointermove', 'pointerdown'] as const
    const early = () => void load()
    for (const sign of signs) window.addEventListener(sign, early, once)
    return () => signs.forEach((sign) => window.removeEventListener(sign, early))
  }, [])
}

/** Finds people, numbers, calls, settings and commands; whoever has some offers them by `useCommands`. */
export function Palette() {
  const { asked } = usePalette()
  useLoadedEarly()
  // Anywhere, also while typing. Once it is loaded it hears the keys itself.
  useHotkeys(asked > 0 ? [] : [['mod+K', openPalette]], [], true)
  return asked > 0 && <Suspense><PaletteDialog /></Suspense>
}
