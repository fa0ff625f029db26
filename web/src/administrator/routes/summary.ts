import { useCallback } from 'react'
import { asPhone } from '~/kit/numbers'
import { inQuotes } from '~/kit/words'
import { useNaming } from '../changes/Changes'
import { targetWords } from '../extensions/targets'
import type { Thing } from '../frame/things'
import { useWords } from './words'

/** What a route takes and where it leads, in one line. */
export function useSummary(): (route: Thing<'route'>) => string {
  const say = useWords()
  const naming = useNaming()
  return useCallback(({ trunk, number, caller, when, target, caller_lists: lists = [], countries = [], regions = [], mode, mode_says: says = 'day' }) => say('summary', {
    trunk: trunk ? naming('trunk', trunk) : say('any_trunk'),
    number: number === '*' || number === undefined ? say('any_number').toLowerCase() : asPhone(number),
    caller: caller === '*' || caller === undefined ? '' : say('caller_is', { caller }),
    who: [
      lists.length ? say('on_lists', { lists: lists.map((key) => inQuotes(naming('caller_list', key))).join(', ') }) : '',
      countries.length + regions.length ? say('from', { places: [...countries, ...regions].join(', ') }) : '',
    ].join(''),
    mode: mode ? say(`says_${says}`, { mode: naming('mode', mode) }) : '',
    when: when === 'open' || when === 'closed' ? say(`when_${when}`) : '',
    target: target.key === '' ? '…' : targetWords(target, naming),
  }), [say, naming])
}
