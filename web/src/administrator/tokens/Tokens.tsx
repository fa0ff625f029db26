import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Tokens() {
  const say = useWords()
  return <EmptyState title={say('tokens')} />
}
