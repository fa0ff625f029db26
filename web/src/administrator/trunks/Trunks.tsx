import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Trunks() {
  const say = useWords()
  return <EmptyState title={say('trunks')} />
}
