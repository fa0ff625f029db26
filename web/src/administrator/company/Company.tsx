import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Company() {
  const say = useWords()
  return <EmptyState title={say('company')} />
}
