import { useMemo } from 'react'
import { keyFrom } from '../frame/keys'
import { orderOfNew } from '../frame/order'
import { OrderedPage, type OrderedSection } from '../frame/OrderedPage'
import { useThings } from '../frame/things'
import { takesAll } from './covers'
import { OutboundForm } from './OutboundForm'
import { OutboundTest } from './OutboundTest'
import { useSummary } from './summary'
import { useWords } from './words'

/** By which lines numbers outside go out: rules from the top down, and a box to test them. */
export function OutboundRoutes() {
  const say = useWords()
  const summary = useSummary()
  const { data: routes = [] } = useThings('outbound_route')
  const { data: trunks } = useThings('trunk')
  const first = trunks?.length === 1 ? trunks[0]?.thing.id : undefined
  const section = useMemo<OrderedSection<'outbound_route'>>(() => ({
    kind: 'outbound_route', ready: trunks !== undefined, name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') }, test: say('test'), summary,
    row: ({ title }) => ({ title }),
    blank: (taken) => ({
      id: keyFrom('', taken, 'out'), title: '', numbers: ['*'], service_classes: null, calendar: null, when: 'always', trunks: first === undefined ? [] : [first],
      sharing: 'in_order', form: 'e164', strip: 0, prepend: '', caller_id: null, ring_for: 60, order: orderOfNew(routes, takesAll),
    }),
    Form: OutboundForm, nothingChosen: <OutboundTest titled />,
  }), [say, summary, routes, trunks, first])
  return <OrderedPage section={section} />
}
