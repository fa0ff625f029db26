import { useMemo } from 'react'
import { keyFrom } from '../frame/keys'
import { orderOfNew } from '../frame/order'
import { OrderedPage, type OrderedSection } from '../frame/OrderedPage'
import { useThings } from '../frame/things'
import { takesAll } from './covers'
import { RouteForm } from './RouteForm'
import { useSummary } from './summary'
import { TestPage } from './TestPage'
import { useWords } from './words'

/** Where calls from outside go: rules from the top down, and a box to test them. */
export function Routes() {
  const say = useWords()
  const summary = useSummary()
  const { data: routes = [] } = useThings('route')
  const section = useMemo<OrderedSection<'route'>>(() => ({
    kind: 'route', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') }, test: say('test'), summary,
    row: ({ title }) => ({ title }),
    blank: (taken) => ({
      id: keyFrom('', taken, 'route'), title: '', trunk: null, number: '*', caller: '*', caller_lists: [], contact: null, countries: [], regions: [], calendar: null, when: 'always', mode: null, mode_says: 'day', target: { kind: 'queue', key: '' }, order: orderOfNew(routes, takesAll),
    }),
    check: ({ target }): Record<string, string> => (target.key === '' ? { 'target.key': say('choose_target') } : {}),
    Form: RouteForm, nothingChosen: <TestPage />,
  }), [say, summary, routes])
  return <OrderedPage section={section} />
}
