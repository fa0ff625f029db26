import { Link } from 'react-router'
import { isRefused } from '~/api/problem'
import { Note, RefusalNote } from '~/kit/refusals'
import classes from './frame.module.css'
import { pathOf } from './ThingsPage'
import { type Kind, PLACE, useTitleOf } from './things'
import { useWords } from './words.frame'

interface Use {
  kind: Kind
  key: string
}

/** The server names them as `queue service, route main`; a very long list is cut off. */
export function usesIn(users: string): { uses: Use[]; more: boolean } {
  const uses = users.split(', ').flatMap((named) => {
    const [kind, key] = named.split(' ')
    return kind && key && kind in PLACE && !key.endsWith('…') ? [{ kind: kind as Kind, key }] : []
  })
  return { uses, more: users.endsWith('…') }
}

/** Why something can't be deleted: who needs it, each a link. */
export function InUse({ why, title }: { why: unknown; title: string }) {
  const say = useWords()
  if (why == null) return null
  if (!isRefused(why, 'thing.in_use')) return <RefusalNote why={why} />
  const { uses, more } = usesIn(why.problem.facts?.users ?? '')
  return (
    <Note tone="warn">
      {say('used_by', { title })}
      <ul className={classes.usedBy}>
        {uses.map((use) => <li key={`${use.kind} ${use.key}`}><UseLink use={use} /></li>)}
        {more && <li>…</li>}
      </ul>
    </Note>
  )
}

function UseLink({ use }: { use: Use }) {
  const title = useTitleOf(use.kind)
  const say = useWords()
  return <Link to={pathOf(use.kind, use.key)}>{say(`kind_${use.kind}`)} {title(use.key)}</Link>
}
