import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Scenarios() {
  const say = useWords()
  return <EmptyState title={say('scenarios')} />
}
