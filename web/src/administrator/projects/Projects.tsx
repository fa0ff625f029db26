import { EmptyState } from '~/kit/small'
import { useWords } from '../words'

export function Projects() {
  const say = useWords()
  return <EmptyState title={say('projects')} />
}
