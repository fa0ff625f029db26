import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Devices() {
  const say = useWords()
  return <EmptyState title={say('devices')} />
}
