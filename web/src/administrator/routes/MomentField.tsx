import { TextInput } from '@mantine/core'
import { useThings } from '../frame/things'
import { useWords } from './words'
import { momentIn } from './zoned'

/** What the company's clock shows becomes a moment; nothing is now. */
export function useMomentOf(): (local: string) => string | undefined {
  const { data } = useThings('company')
  return (local) => (local === '' ? undefined : momentIn(data?.[0]?.thing.zone ?? 'UTC', local))
}

/** A day and an hour by the company's clock; empty is now. */
export function MomentField({ value, onChange }: { value: string; onChange: (local: string) => void }) {
  const say = useWords()
  const { data } = useThings('company')
  const zone = data?.[0]?.thing.zone ?? ''
  return <TextInput type="datetime-local" label={say('moment')} description={value === '' ? say('moment_now') : say('moment_zone', { zone })} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
}
