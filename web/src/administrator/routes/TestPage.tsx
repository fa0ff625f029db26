import { useSearchParams } from 'react-router'
import classes from './routes.module.css'
import { TestBox } from './TestBox'
import { useWords } from './words'

/** The test box alone. */
export function TestPage() {
  const say = useWords()
  const [query] = useSearchParams()
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{say('test_title')}</h1>
      <p className={classes.quiet}>{say('test_text')}</p>
      <TestBox trunk={query.get('trunk') ?? undefined} />
    </div>
  )
}
