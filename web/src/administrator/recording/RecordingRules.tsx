import { useMemo } from 'react'
import { keyFrom } from '../frame/keys'
import { orderOfNew } from '../frame/order'
import { OrderedPage, type OrderedSection } from '../frame/OrderedPage'
import { useThings } from '../frame/things'
import { RecordingTest } from './RecordingTest'
import { RuleForm } from './RuleForm'
import { takesAll, useSummary } from './summary'
import { useWords } from './words'

/** Which talks are recorded: rules from the top down, and a box to test them. */
export function RecordingRules() {
  const say = useWords()
  const summary = useSummary()
  const { data: rules = [] } = useThings('recording_rule')
  const section = useMemo<OrderedSection<'recording_rule'>>(() => ({
    kind: 'recording_rule', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') }, test: say('test'), summary,
    row: ({ title }) => ({ title }),
    blank: (taken) => ({
      id: keyFrom('', taken, 'rule'), title: '', record: true, directions: null, numbers: ['*'], users: null, queues: null, share: 100,
      announcement: null, kept_for: null, format: 'ogg', order: orderOfNew(rules, takesAll),
    }),
    Form: RuleForm, nothingChosen: <RecordingTest titled />,
  }), [say, summary, rules])
  return <OrderedPage section={section} />
}
