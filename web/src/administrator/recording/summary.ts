import { useCallback } from 'react'
import { useTrade } from '~/kit/trade'
import { inQuotes } from '~/kit/words'
import { useNaming } from '../changes/Changes'
import type { Thing } from '../frame/things'
import { useWords } from './words'

type Rule = Thing<'recording_rule'>

/** Whether no talk is left for the rules below. */
export const takesAll = ({ directions, numbers = ['*'], users, queues, share = 100 }: Rule): boolean =>
  directions == null && numbers.includes('*') && users == null && queues == null && share === 100

/** Which talks, and whether they are recorded, in one line. */
export function useSummary(): (rule: Rule) => string {
  const say = useWords()
  const naming = useNaming()
  const trade = useTrade()
  return useCallback((rule) => {
    const { record = true, directions, numbers = ['*'], users, queues, share = 100 } = rule
    const parts = [
      directions?.map(trade.direction).join(', '),
      numbers.includes('*') ? undefined : numbers.join(', '),
      users?.map((key) => naming('user', key)).join(', '),
      queues?.map((key) => inQuotes(naming('queue', key))).join(', '),
      share < 100 ? `${share} %` : undefined,
    ].filter(Boolean)
    return `${parts.join(' · ') || say('every_talk')} → ${say(record ? 'recorded' : 'not_recorded')}`
  }, [say, naming, trade])
}
