import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, done } from '~/api/client'
import { RefusalNote } from '~/kit/refusals'
import classes from '~/phone/call/call.module.css'
import { useWords } from '../call/words'
import { useDemo } from './demo'

/** For whoever looks at Switchroom without a telephone: customers call when told to. */
export function DemoCalls() {
  const say = useWords()
  const demo = useDemo()
  const queries = useQueryClient()
  const call = useMutation({
    mutationFn: (count: 1 | 20) => done(api.POST('/api/demo/customers', { body: { count } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['demo'] }),
  })
  if (demo === null) return null
  const crowd = demo.crowds?.find(({ calling }) => calling > 0)
  return (
    <section className={classes.pinned}>
      <h3 className={classes.heading}>{say('demo_title')}</h3>
      <Button onClick={() => call.mutate(1)} loading={call.isPending && call.variables === 1}>{say('demo_call')}</Button>
      <Button onClick={() => call.mutate(20)} loading={call.isPending && call.variables === 20}>{say('demo_calls')}</Button>
      {crowd && <p className={classes.small} role="status">{say(crowd.count > 1 ? 'demo_called_all' : 'demo_called')}</p>}
      <RefusalNote why={call.error} />
    </section>
  )
}
