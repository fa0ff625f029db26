import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Audit() {
  const say = useWords()
  return <EmptyState title={say('audit')} />
}
