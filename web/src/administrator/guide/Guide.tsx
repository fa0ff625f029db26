import { Button, Loader } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useMe } from '~/api/session'
import { Lamp } from '~/kit/Lamp'
import { useThings } from '../frame/things'
import { useTrunksNow } from '../trunks/now'
import { Checks } from './Checks'
import classes from './guide.module.css'
import { nextOf, type Step, stepsOf, things } from './steps'
import { useWords } from './words'

/** The way from an empty house to the first call; ticks are what the house really has. */
export function Guide() {
  const say = useWords()
  const steps = useSteps()
  if (!steps) return <div className={classes.page}><Loader size="sm" color="var(--ink3)" /></div>
  const next = nextOf(steps)
  const done = steps.filter(({ state }) => state === 'done').length
  return (
    <div className={classes.page}>
      <div>
        <h1 className={classes.title}>{say('title')}</h1>
        <p className={classes.quiet}>{next === null ? say('all_done') : say('progress', { done, all: steps.length })}</p>
        <ol className={classes.steps}>
          {steps.map((step, at) => <StepLine key={step.name} step={step} at={at} next={step.name === next} />)}
        </ol>
      </div>
      <Checks />
    </div>
  )
}

/** null while not all is known: a tick must not come and go. */
function useSteps(): Step[] | null {
  const { user: me } = useMe()
  const now = useTrunksNow()
  const company = useThings('company').data?.[0]
  const [users, devices, trunks] = [useThings('user').data, useThings('device').data, useThings('trunk').data]
  const [extensions, routes, outbound, queues] = [useThings('extension').data, useThings('route').data, useThings('outbound_route').data, useThings('queue').data]
  if (!company || !users || !devices || !trunks || !extensions || !routes || !outbound || !queues) return null
  return stepsOf({
    companyVersion: company.version, company: company.thing, me, users: things(users), devices: things(devices), trunks: things(trunks),
    trunksUp: trunks.filter(({ thing }) => now(thing.id)?.up === true).length,
    extensions: things(extensions), routes: things(routes), outbound: things(outbound), queues: things(queues),
  })
}

function StepLine({ step: { name, state, facts, optional, to }, at, next }: { step: Step; at: number; next: boolean }) {
  const say = useWords()
  const told = state === 'open' ? say(`${name}_text`) : say(`${name}_done`, facts)
  return (
    <li className={classes.step} data-state={state} data-next={next}>
      <span className={`num ${classes.mark}`} aria-hidden>{state === 'done' ? <IconCheck size={15} stroke={2.4} /> : at + 1}</span>
      <div className={classes.body}>
        <div className={classes.name}>{say(name)}{optional && state === 'open' && <span className={classes.optional}>{say('optional')}</span>}</div>
        <div className={`num ${classes.quiet}`}>{state === 'begun' && <Lamp state="warn" size={9} />} {told}</div>
        {next && state !== 'open' && <div className={classes.quiet}>{say(`${name}_text`)}</div>}
      </div>
      <Button component={Link} to={to} size="xs" variant={next ? 'filled' : 'default'} aria-label={`${say(state === 'done' ? 'look' : 'do_it')}: ${say(name)}`}>{say(state === 'done' ? 'look' : 'do_it')}</Button>
    </li>
  )
}
