import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Prompts() {
  const say = useWords()
  return <EmptyState title={say('prompts')} />
}
