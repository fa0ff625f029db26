import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, done, type Schemas } from '~/api/client'
import { RefusalNote } from '~/kit/refusals'
import { EmptyState } from '~/kit/small'
import { inLanguage, inQuotes, useLanguage } from '~/kit/words'
import { useNaming } from '../changes/Changes'
import { inWords } from '../changes/values'
import frame from '../frame/frame.module.css'
import { type PaneProps, pathOf } from '../frame/ThingsPage'
import { type Kind, useThings } from '../frame/things'
import { useWords as useKinds } from '../frame/words.frame'
import classes from './scenarios.module.css'
import { placesOf } from './places'
import { useWords } from './words'

type Step = Schemas['StepOut']

/** One scenario in words, from its start on. */
export function Reading({ existing }: PaneProps<'scenario'>) {
  const say = useWords()
  const id = existing?.thing.id ?? ''
  const steps = useQuery({ queryKey: ['things', 'scenario', 'steps', id, existing?.version], enabled: existing !== null, queryFn: () => done(api.GET('/api/scenarios/{key}/steps', { params: { path: { key: id } } })) })
  if (!existing) return <div className={frame.pane}><EmptyState whole title={say('empty')}>{say('empty_text')}</EmptyState></div>
  return (
    <div className={frame.pane}>
      <header className={frame.head}>
        <h1 className={frame.title}>{existing.thing.title}</h1>
        <span className={`num ${frame.keyLine}`}>{id}</span>
        <span className={`num ${frame.keyLine}`}>{say('version', { version: existing.version })}</span>
      </header>
      <div className={frame.body}>
        <div className={classes.reading}>
          <p className={classes.quiet}>{say('read_only')}</p>
          <Uses scenario={id} />
          <h2 className={classes.heading}>{say('steps')}</h2>
          <RefusalNote why={steps.error} />
          {steps.data ? <Steps steps={steps.data} /> : steps.isPending && <Loader size="sm" color="var(--ink3)" />}
        </div>
      </div>
    </div>
  )
}

/** Which numbers and routes lead here. */
function Uses({ scenario }: { scenario: string }) {
  const say = useWords()
  const kinds = useKinds()
  const { data: extensions = [] } = useThings('extension')
  const { data: routes = [] } = useThings('route')
  const here = (target: Schemas['Target']) => target.kind === 'scenario' && target.key === scenario
  const uses: { kind: Kind; key: string; title: string }[] = [
    ...extensions.filter(({ thing }) => here(thing.target)).map(({ thing }) => ({ kind: 'extension' as const, key: thing.number, title: thing.number })),
    ...routes.filter(({ thing }) => here(thing.target)).map(({ thing }) => ({ kind: 'route' as const, key: thing.id, title: thing.title })),
  ]
  return (
    <>
      <h2 className={classes.heading}>{say('used')}</h2>
      <div className={classes.uses}>
        {uses.length === 0 && <span className={classes.quiet}>{say('used_none')}</span>}
        {uses.map(({ kind, key, title }) => <Link key={`${kind} ${key}`} to={pathOf(kind, key)}>{kinds(`kind_${kind}`)} {title}</Link>)}
      </div>
    </>
  )
}

function Steps({ steps }: { steps: readonly Step[] }) {
  const places = placesOf(steps)
  return <ol className={classes.steps}>{steps.map((step, at) => <StepLine key={step.node} step={step} at={at} places={places} reached={places.reached.has(step.node)} />)}</ol>
}

function StepLine({ step, at, places, reached }: { step: Step; at: number; places: ReturnType<typeof placesOf>; reached: boolean }) {
  const say = useWords()
  const told = useTold(step)
  return (
    <li className={classes.step} id={`step-${step.node}`}>
      <span className={`num ${classes.number}`}>{at + 1}</span>
      <div className={classes.body}>
        <div><b>{inLanguage(step.title)}</b>{told && <>: {told}</>}</div>
        {step.note && <div className={classes.quiet}>{step.note}</div>}
        {!reached && <div className={classes.quiet}>{say('not_reached')}</div>}
        <ul className={classes.ways}>{step.ways.map((way) => <Way key={way.key} way={way} alone={step.ways.length === 1} name={way.to === null ? null : (places.nameOf(way.to) ?? way.to)} />)}</ul>
      </div>
    </li>
  )
}

function Way({ way, alone, name }: { way: Step['ways'][number]; alone: boolean; name: string | null }) {
  const say = useWords()
  const exit = inLanguage(way.title)
  if (name === null) return <li>{say('ends', { exit })}</li>
  return <li><a href={`#step-${way.to}`}>{alone ? say('goes_on', { step: name }) : say('way', { exit, step: name })}</a></li>
}

/** What is set in a step, in words; what is left as usual is not told. */
function useTold(step: Step): string {
  const naming = useNaming()
  useLanguage()
  return step.fields.filter(({ key }) => step.params[key] !== undefined).map((field) => {
    const value = inWords(field, step.params[field.key], naming)
    return field.names ? inQuotes(value) : `${inLanguage(field.title).toLowerCase()} ${value}`
  }).join(', ')
}
