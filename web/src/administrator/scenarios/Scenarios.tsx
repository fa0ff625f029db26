import { useMemo } from 'react'
import { useNaming } from '../changes/Changes'
import { type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import { Reading } from './Reading'
import { useWords } from './words'

/** What calls go through, to be read; the designer comes later. */
export function Scenarios() {
  const say = useWords()
  const naming = useNaming()
  const { data: projects = [] } = useThings('project')
  const section = useMemo<Section<'scenario'>>(() => ({
    kind: 'scenario', name: say('name'), add: null, empty: { title: say('empty'), text: say('empty_text') },
    row: ({ title, graph, project }) => ({ title, detail: say('steps_count', { count: Object.keys(graph.nodes).length }), group: projects.length > 1 ? naming('project', project ?? 'main') : undefined }),
    blank: () => { throw new Error('Scenarios are not made here.') },
    Form: () => null, Pane: Reading,
  }), [say, naming, projects.length])
  return <ThingsPage section={section} />
}
