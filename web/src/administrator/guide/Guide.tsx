import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Guide() {
  const say = useWords()
  return <EmptyState title={say('guide')} />
}
