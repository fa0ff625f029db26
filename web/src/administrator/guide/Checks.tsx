import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { api, type Schemas } from '~/api/client'
import { Lamp, type LampState } from '~/kit/Lamp'
import { pathOf } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import { lampOf, useTrunksNow } from '../trunks/now'
import classes from './guide.module.css'
import { useWords } from './words'

const PARTS = ['engine', 'switch', 'configuration'] as const

/** What the house can do now, looked at again every few seconds. */
export function Checks() {
  const say = useWords()
  const { data: health } = useQuery({ queryKey: ['health'], queryFn: healthNow, refetchInterval: 3_000 })
  const { data: trunks = [] } = useThings('trunk')
  const now = useTrunksNow()
  return (
    <section className={classes.checks} aria-label={say('checks')}>
      <h2 className={classes.small}>{say('checks')}</h2>
      <ul className={classes.lines}>
        {PARTS.map((part) => <Check key={part} lamp={lampFor(health?.parts[part])} bad={health?.parts[part] === false ? say(`part_${part}_bad`) : undefined}>{say(`part_${part}`)}</Check>)}
        <Check lamp={window.isSecureContext ? 'ready' : 'warn'} bad={window.isSecureContext ? undefined : say('browser_bad')}>{say('browser')}</Check>
        {trunks.map(({ thing }) => (
          <Check key={thing.id} lamp={lampOf(now(thing.id))}>
            <Link to={pathOf('trunk', thing.id)}>{say('line', { title: thing.title })}</Link> {now(thing.id)?.up != null && say(now(thing.id)?.up ? 'line_up' : 'line_down')}
          </Check>
        ))}
      </ul>
      <p><Link to="/set-up/routes">{say('test_call')}</Link></p>
      <p className={classes.quiet}>{say('try_it')} <Link to="/phone">{say('to_phone')}</Link></p>
    </section>
  )
}

const lampFor = (works: boolean | undefined): LampState => (works === undefined ? 'off' : works ? 'ready' : 'bad')

/** 503 tells what is missing just as 200 tells that nothing is. */
async function healthNow(): Promise<Schemas['HealthOut']> {
  const { data, error } = await api.GET('/api/health')
  return (data ?? error) as Schemas['HealthOut']
}

function Check({ lamp, bad, children }: { lamp: LampState; bad?: string; children: ReactNode }) {
  return <li className={classes.check}><Lamp state={lamp} /><div>{children}{bad && <div className={classes.quiet}>{bad}</div>}</div></li>
}
