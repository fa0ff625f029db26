import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, done, type Schemas } from '~/api/client'
import { Note } from '~/kit/refusals'
import { inLanguage, useLanguage } from '~/kit/words'
import { Wide } from '../frame/fields'
import { testKey, type Thing } from '../frame/things'
import classes from './routes.module.css'

type Doubt = Schemas['ConcernOut']
type Rule = { kind: 'route'; rule: Thing<'route'> } | { kind: 'outbound_route'; rule: Thing<'outbound_route'> }

const ask = (wish: Rule): Promise<Doubt[]> => (wish.kind === 'route'
  ? done(api.POST('/api/routes/-/concerns', { body: wish.rule }))
  : done(api.POST('/api/outbound-routes/-/concerns', { body: wish.rule as unknown as Schemas['OutboundRoute-Input'] })))

/** What is doubtful about a rule, while it is typed: nothing reaches it, it leaves nothing to others, it goes round. */
export function Concerns(wish: Rule) {
  useLanguage()
  const [asked] = useDebouncedValue(wish, 300)
  const { data = [] } = useQuery({ queryKey: testKey('concerns', asked), queryFn: () => ask({ ...asked, rule: { ...asked.rule, title: asked.rule.title || '…' } } as Rule), placeholderData: keepPreviousData, retry: false })
  return data.map(({ code, why }) => <Wide key={code}>{code === 'overlapped' ? <p className={classes.quiet}>{inLanguage(why)}</p> : <Note tone="warn">{inLanguage(why)}</Note>}</Wide>)
}
