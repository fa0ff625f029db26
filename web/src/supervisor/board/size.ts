import { useMediaQuery } from '@mantine/hooks'

/** A desk's screen, or a big one on the wall. */
export const useSize = (): 'usual' | 'wide' => (useMediaQuery('(min-width: 1600px)') ? 'wide' : 'usual')
