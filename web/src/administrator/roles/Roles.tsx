import { TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { Effect, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { type Thing, titleOf, useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import classes from './roles.module.css'
import { ProjectsField } from './ProjectsField'
import { RightsField } from './RightsField'
import { useWords } from './words'

/** How many people have each role. */
export function holdersOf(users: readonly { thing: Thing<'user'> }[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { thing } of users) for (const role of thing.roles ?? []) found.set(role, (found.get(role) ?? 0) + 1)
  return found
}

export function Roles() {
  const say = useWords()
  const { data: users } = useThings('user')
  const section = useMemo<Section<'role'>>(() => {
    const holders = holdersOf(users ?? [])
    return {
      kind: 'role', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
      row: (role) => ({ title: titleOf('role', role), detail: holders.has(role.id) ? say('people', { count: holders.get(role.id) }) : undefined }),
      blank: (taken) => ({ id: keyFrom('', taken, 'role'), title: '', rights: ['call'], projects: null }),
      check: ({ rights }): Record<string, string> => (rights.length === 0 ? { rights: say('rights_none') } : {}),
      Form,
    }
  }, [say, users])
  return <ThingsPage section={section} />
}

function Form({ form }: { form: ThingForm<'role'> }) {
  const say = useWords()
  return (
    <>
      <Wide><TextInput maw={372} {...form.text('title')} autoFocus={form.isNew} /></Wide>
      <Wide><RightsField label={say('rights')} value={form.value.rights} onChange={(rights) => form.change({ rights })} error={form.error('rights')} /></Wide>
      <Wide><ProjectsField value={form.value.projects ?? null} onChange={(projects) => form.change({ projects })} error={form.error('projects')} /></Wide>
      {!form.isNew && <Holders role={form.value.id} />}
    </>
  )
}

function Holders({ role }: { role: string }) {
  const say = useWords()
  const { data: users = [] } = useThings('user')
  const holders = users.filter(({ thing }) => thing.roles?.includes(role))
  if (holders.length === 0) return <Effect>{say('held_by_nobody')}</Effect>
  return (
    <Effect>
      {say('held_by')}
      <ul className={classes.holders}>{holders.map(({ thing }) => <li key={thing.id}><Link to={pathOf('user', thing.id)}>{thing.name}</Link></li>)}</ul>
    </Effect>
  )
}
