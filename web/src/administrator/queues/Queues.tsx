import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Queues() {
  const say = useWords()
  return <EmptyState title={say('queues')} />
}
