import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Cards() {
  const say = useWords()
  return <EmptyState title={say('cards')} />
}
