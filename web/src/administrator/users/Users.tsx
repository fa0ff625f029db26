import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Users() {
  const say = useWords()
  return <EmptyState title={say('users')} />
}
