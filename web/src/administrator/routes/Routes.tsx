import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Routes() {
  const say = useWords()
  return <EmptyState title={say('routes')} />
}
