import { TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { Effect, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { useWords as useFrameWords } from '../frame/words.frame'
import { useHeld } from './held'
import classes from './projects.module.css'
import { useWords } from './words'

export function Projects() {
  const say = useWords()
  const held = useHeld()
  const section = useMemo<Section<'project'>>(() => ({
    kind: 'project', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: ({ id, title }) => ({ title, detail: held.get(id)?.length ? say('things', { count: held.get(id)?.length }) : undefined }),
    blank: (taken) => ({ id: keyFrom('', taken, 'project'), title: '' }),
    Form,
  }), [say, held])
  return <ThingsPage section={section} />
}

function Form({ form }: { form: ThingForm<'project'> }) {
  return (
    <>
      <Wide><TextInput maw={372} {...form.text('title')} autoFocus={form.isNew} /></Wide>
      {!form.isNew && <Holds project={form.value.id} />}
    </>
  )
}

function Holds({ project }: { project: string }) {
  const say = useWords()
  const kinds = useFrameWords()
  const held = useHeld().get(project) ?? []
  const { data: roles = [] } = useThings('role')
  const limited = roles.filter(({ thing }) => thing.projects?.includes(project))
  return (
    <>
      <Effect>
        {held.length === 0 ? say('holds_nothing') : say('holds')}
        <ul className={classes.held}>
          {held.map((one) => <li key={`${one.kind} ${one.key}`}><Link to={pathOf(one.kind, one.key)}>{one.title}</Link> <span className={classes.kind}>{kinds(`kind_${one.kind}`)}</span></li>)}
        </ul>
      </Effect>
      {limited.length > 0 && (
        <Effect>
          {say('seen_hint')}:
          <ul className={classes.held}>{limited.map(({ thing }) => <li key={thing.id}><Link to={pathOf('role', thing.id)}>{thing.title}</Link></li>)}</ul>
        </Effect>
      )}
    </>
  )
}
