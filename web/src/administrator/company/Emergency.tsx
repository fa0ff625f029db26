import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Schemas } from '~/api/client'
import { Note } from '~/kit/refusals'
import { PickMany } from '../frame/fields'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { replaced, without } from '../frame/lists'
import classes from './company.module.css'
import { useWords } from './words'

type Number = Schemas['EmergencyNumber']

/** Numbers that are always put through, each with its lines in the order of trying. */
export function Emergency({ form }: { form: ThingForm<'company'> }) {
  const say = useWords()
  const { data: trunks = [] } = useThings('trunk')
  const numbers = form.value.emergency ?? []
  const set = (emergency: Number[]) => form.change({ emergency })
  const only = trunks.length === 1 ? trunks.map(({ thing }) => thing.id) : []
  return (
    <div className={classes.lines}>
      <p className={classes.about}>{say('emergency_about')}</p>
      {numbers.length === 0 && <Note tone="warn">{say('emergency_none')}</Note>}
      {trunks.length === 0 && <Link to="/set-up/trunks/+">{say('emergency_no_trunk')}</Link>}
      {numbers.map((number, at) => <Line key={at} form={form} number={number} at={at} change={(part) => set(replaced(numbers, at, { ...number, ...part }))} drop={() => set(without(numbers, at))} />)}
      {form.error('emergency') && <Note tone="bad">{form.error('emergency')}</Note>}
      <div><Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => set([...numbers, { number: numbers.length ? '' : '112', trunks: only, sent_as: null }])}>{say('add_emergency')}</Button></div>
    </div>
  )
}

interface LineProps {
  form: ThingForm<'company'>
  number: Number
  at: number
  change: (part: Partial<Number>) => void
  drop: () => void
}

function Line({ form, number, at, change, drop }: LineProps) {
  const say = useWords()
  const { label, error } = form
  return (
    <div className={classes.emergency}>
      <TextInput label={label('emergency.number')} className="num" inputMode="tel" value={number.number} error={error(`emergency.${at}.number`)} onChange={(event) => change({ number: event.currentTarget.value })} />
      <PickMany kind="trunk" label={label('emergency.trunks')} value={number.trunks} error={error(`emergency.${at}.trunks`)} onChange={(trunks) => change({ trunks })} />
      <TextInput label={say('sent_as')} className="num" inputMode="tel" placeholder={say('sent_as_same')} value={number.sent_as ?? ''} error={error(`emergency.${at}.sent_as`)}
        onChange={(event) => change({ sent_as: event.currentTarget.value || null })} />
      <ActionIcon variant="subtle" color="gray" aria-label={say('drop', { what: number.number })} onClick={drop}><IconX size={15} /></ActionIcon>
    </div>
  )
}
