import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, done, type Schemas } from '~/api/client'
import { useFreshOn } from '~/api/feed'
import { Lamp } from '~/kit/Lamp'
import { RefusalNote, tell, tellRefusal } from '~/kit/refusals'
import { language, useLanguage } from '~/kit/words'
import classes from './protection.module.css'
import { useWords } from './words'

const LOCKED = ['lockouts']

/** Addresses that guessed passwords and are not heard for a while. */
export function LockedOut() {
  const say = useWords()
  useFreshOn(LOCKED, ({ fact }) => fact.kind === 'AddressLocked' || fact.kind === 'AddressReleased')
  const { data, error } = useQuery({ queryKey: LOCKED, queryFn: () => done(api.GET('/api/lockouts')) })
  if (error) return <RefusalNote why={error} />
  if (!data || data.length === 0) return <p className={classes.quiet} role="status">{data && say('locked_none')}</p>
  return data.map((one) => <LockedLine key={one.address} one={one} />)
}

function LockedLine({ one: { address, tries, until } }: { one: Schemas['LockoutOut'] }) {
  const say = useWords()
  const queries = useQueryClient()
  useLanguage()
  const releasing = useMutation({
    mutationFn: () => done(api.POST('/api/lockouts/{address}/release', { params: { path: { address } } })),
    onSuccess: () => tell(say('released', { address })), onError: tellRefusal, onSettled: () => queries.invalidateQueries({ queryKey: LOCKED }),
  })
  const time = new Date(until).toLocaleTimeString(language() === 'ru' ? 'ru-RU' : 'en-GB', { hour: '2-digit', minute: '2-digit' })
  return (
    <div className={classes.line} role="status">
      <Lamp state="bad" size={10} />
      <b className="num">{address}</b>
      <span className={classes.grow}>{say('tries', { count: tries })}</span>
      <time className="num" dateTime={until}>{say('until', { time })}</time>
      <Button size="compact-sm" loading={releasing.isPending} aria-label={say('release_address', { address })} onClick={() => releasing.mutate()}>{say('release')}</Button>
    </div>
  )
}
