import { useCallback } from 'react'
import { useNaming } from '../changes/Changes'
import type { Thing } from '../frame/things'
import { useWords } from './words'

/** What a route takes and by which lines, in one line. */
export function useSummary(): (route: Thing<'outbound_route'>) => string {
  const say = useWords()
  const naming = useNaming()
  return useCallback(({ numbers = [], service_classes: classes, when, trunks }) => say('summary', {
    numbers: numbers.includes('*') ? say('every_number') : numbers.join(', '),
    who: classes == null ? '' : say('for_classes', { classes: classes.map((key) => naming('service_class', key)).join(', ') }),
    when: when === 'open' || when === 'closed' ? say(`when_${when}`) : '',
    trunks: trunks.map((key) => naming('trunk', key)).join(', ') || '…',
  }), [say, naming])
}
