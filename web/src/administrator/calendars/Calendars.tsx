import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Calendars() {
  const say = useWords()
  return <EmptyState title={say('calendars')} />
}
