import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Roles() {
  const say = useWords()
  return <EmptyState title={say('roles')} />
}
