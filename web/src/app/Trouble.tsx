import { Button, Code } from '@mantine/core'
import { Link, useRouteError } from 'react-router'
import { EmptyState } from '~/kit/small'
import { useWords } from './words'

export function NoSuchPage() {
  const say = useWords()
  return <EmptyState whole title={say('no_page')} action={<Button component={Link} to="/">{say('first_page')}</Button>}>{say('no_page_text')}</EmptyState>
}

/** A page that failed; the rest of the client goes on. */
export function PageFailed() {
  const say = useWords()
  const why = useRouteError()
  return (
    <EmptyState whole title={say('page_failed')} action={<Button onClick={() => location.reload()}>{say('load_again')}</Button>}>
      <p>{say('page_failed_text')}</p>
      <Code block mt="sm">{why instanceof Error ? why.message : String(why)}</Code>
    </EmptyState>
  )
}
