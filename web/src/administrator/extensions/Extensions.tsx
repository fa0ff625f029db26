import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Extensions() {
  const say = useWords()
  return <EmptyState title={say('extensions')} />
}
