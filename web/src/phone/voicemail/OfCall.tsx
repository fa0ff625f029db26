import { useNames } from '~/api/names'
import { useMe } from '~/api/session'
import { asTimer } from '~/kit/times'
import { useBox } from './box'
import { Messages } from './MessageList'
import { useWords } from './words'

/** A message that was left in a call. */
export interface Left {
  message: string
  user: string
  /** Seconds. */
  lasts: number
}

/** The messages of one call: one's own can be heard, of others it is said for whom they are. */
export function OfCall({ left }: { left: readonly Left[] }) {
  const say = useWords()
  const me = useMe()
  const names = useNames()
  const { data } = useBox()
  const mine = left.filter(({ user }) => user === me.user).map(({ message }) => message)
  const items = (data?.items ?? []).filter(({ id }) => mine.includes(id))
  return (
    <>
      {items.length > 0 && <Messages items={items} />}
      {mine.length > 0 && data && items.length === 0 && <p>{say('not_in_box')}</p>}
      {left.filter(({ user }) => user !== me.user).map(({ message, user, lasts }) => <p key={message}>{say('for_somebody', { user: names.user(user), time: asTimer(lasts) })}</p>)}
    </>
  )
}
