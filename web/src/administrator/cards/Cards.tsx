import { useMemo } from 'react'
import { keyFrom } from '../frame/keys'
import { type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings, useTitleOf } from '../frame/things'
import { MAIN } from '../projects/held'
import { blankField } from './card'
import { CardPane } from './CardPane'
import { useWords } from './words'

export function Cards() {
  const say = useWords()
  const project = useTitleOf('project')
  const { data: projects = [] } = useThings('project')
  const section = useMemo<Section<'card'>>(() => ({
    kind: 'card', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') }, focused: true,
    row: (card) => ({ title: card.title, detail: say('fields_count', { count: card.fields.length }), group: projects.length > 1 ? project(card.project ?? MAIN) : undefined }),
    blank: (taken) => ({ id: keyFrom('', taken, 'card'), title: '', project: MAIN, script: '', fields: [blankField('text', [])], dispositions: [], disposition_required: false }),
    Form: () => null,
    Pane: CardPane,
  }), [say, project, projects.length])
  return <ThingsPage section={section} />
}
