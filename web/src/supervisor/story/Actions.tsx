import { Button } from '@mantine/core'
import { IconEar, IconFileCode, IconLink } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { api, done, type Schemas } from '~/api/client'
import { may, useMe } from '~/api/session'
import { copyText, saveAs } from '~/kit/copying'
import { tell, tellRefusal } from '~/kit/refusals'
import { useListening } from '../listening'
import classes from './story.module.css'
import { useWords } from './words'

/** What can be done with a story: pass it on, keep it as a test, and listen while it lives. */
export function Actions({ call }: { call: Schemas['CallOut'] }) {
  const say = useWords()
  const me = useMe()
  const listening = useListening()
  const talks = call.ended === null && call.operator !== null
  return (
    <div className={classes.actions}>
      {talks && may(me, 'listen') && (
        <Button size="compact-sm" onClick={() => listening.listen(call.id)} loading={listening.isPending} leftSection={<IconEar size={14} />}>{say('listen')}</Button>
      )}
      <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconLink size={14} />} onClick={() => void passOn(location.href, say('link_copied'), say('not_copied'))}>{say('link')}</Button>
      {may(me, 'administer') && <AsTest call={call.id} />}
    </div>
  )
}

async function passOn(text: string, copied: string, failed: string): Promise<void> {
  if (await copyText(text)) tell(copied)
  else tell(failed, 'warn')
}

function AsTest({ call }: { call: string }) {
  const say = useWords()
  const copy = useMutation({
    mutationFn: () => done(api.GET('/api/calls/{key}/as-test', { params: { path: { key: call } }, parseAs: 'text' })),
    onSuccess: async (answer) => {
      const text = answer as unknown as string
      saveAs(`${call}.json`, text, 'application/json')
      tell(say((await copyText(text)) ? 'test_copied' : 'test_saved'))
    },
    onError: tellRefusal,
  })
  return <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconFileCode size={14} />} loading={copy.isPending} onClick={() => copy.mutate()}>{say('as_test')}</Button>
}
