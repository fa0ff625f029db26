import { Button, FileButton, Table, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconUpload } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, done, type Schemas } from '~/api/client'
import { Note, tellRefusal } from '~/kit/refusals'
import { asMoney } from '~/kit/times'
import { inLanguage } from '~/kit/words'
import classes from '../frame/frame.module.css'
import { Duration, Heading, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { found, merged, type Rate } from './prices'
import { useWords } from './words'

/** Price lists of carriers. */
export function Tariffs() {
  const say = useWords()
  const section = useMemo<Section<'tariff'>>(() => ({
    kind: 'tariff', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: ({ title, rates = [] }) => ({ title, detail: say('prices', { count: rates.length }) }),
    blank: (taken) => ({ id: keyFrom('', taken, 'tariff'), title: '', first: 60, step: 60, rates: [] }),
    Form,
  }), [say])
  return <ThingsPage section={section} />
}

type FormOf = { form: ThingForm<'tariff'> }

function Form({ form }: FormOf) {
  const say = useWords()
  return (
    <>
      <Wide><TextInput {...form.text('title')} autoFocus={form.isNew} /></Wide>
      <Duration unit="seconds" {...form.field('first')} description={say('first_hint')} />
      <Duration unit="seconds" {...form.field('step')} description={say('step_hint')} />
      <Heading>{form.label('rates')}</Heading>
      <Wide><Import form={form} /></Wide>
      <Wide><Prices rates={form.value.rates ?? []} /></Wide>
      {!form.isNew && <Heading>{say('used_by')}</Heading>}
      {!form.isNew && <Wide><Uses id={form.value.id} /></Wide>}
    </>
  )
}

async function read(file: File): Promise<Schemas['PriceListOut']> {
  return done(api.POST('/api/tariffs/-/read', {
    body: { table: file as unknown as string }, bodySerializer: () => {
      const body = new FormData()
      body.append('table', file)
      return body
    },
  }))
}

function Import({ form }: FormOf) {
  const say = useWords()
  const reading = useMutation({ mutationFn: read, onSuccess: ({ rates }) => form.change({ rates: merged(form.value.rates ?? [], rates as Rate[]) }), onError: tellRefusal })
  return (
    <>
      <p className={classes.about}>{say('import_hint')}</p>
      <FileButton accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={(file) => file && reading.mutate(file)}>
        {(props) => <Button {...props} size="xs" loading={reading.isPending} leftSection={<IconUpload size={14} />}>{say('import')}</Button>}
      </FileButton>
      {form.error('rates') && <Note tone="bad">{form.error('rates')}</Note>}
      {reading.data && <Told list={reading.data} />}
    </>
  )
}

const MOST = 50

function Told({ list: { rates, bad, encoding } }: { list: Schemas['PriceListOut'] }) {
  const say = useWords()
  return (
    <>
      <Note tone="ready">{say('read', { count: rates.length, encoding })}</Note>
      {bad.length > 0 && (
        <Note tone="warn">
          <span>{say('bad', { count: bad.length })}</span>
          <ul>{bad.slice(0, MOST).map(({ line, text, why }) => <li key={line}>{say('line', { line, why: inLanguage(why) })} <code>{text}</code></li>)}</ul>
          {bad.length > MOST && say('more_bad', { count: bad.length - MOST })}
        </Note>
      )}
    </>
  )
}

function Prices({ rates }: { rates: readonly Rate[] }) {
  const say = useWords()
  const [typed, setTyped] = useState('')
  const shown = useMemo(() => found(rates, typed), [rates, typed])
  if (rates.length === 0) return <p className={classes.about}>{say('none')}</p>
  return (
    <>
      <TextInput aria-label={say('find')} placeholder={say('find')} value={typed} onChange={({ currentTarget }) => setTyped(currentTarget.value)} />
      <Table className="num" verticalSpacing={4}>
        <Table.Thead><Table.Tr><Table.Th>{say('begins')}</Table.Th><Table.Th>{say('where')}</Table.Th><Table.Th ta="right">{say('minute')}</Table.Th><Table.Th ta="right">{say('call')}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {shown.slice(0, MOST).map(({ prefix, title, per_minute: minute, per_call: call }) => (
            <Table.Tr key={prefix}><Table.Td>{prefix}</Table.Td><Table.Td>{title}</Table.Td><Table.Td ta="right">{asMoney(minute, 4)}</Table.Td><Table.Td ta="right">{asMoney(call ?? 0, 4)}</Table.Td></Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {shown.length > MOST && <p className={classes.about}>{say('shown', { count: MOST })}</p>}
    </>
  )
}

function Uses({ id }: { id: string }) {
  const say = useWords()
  const { data: trunks = [] } = useThings('trunk')
  const named = trunks.filter(({ thing }) => thing.tariff === id)
  if (named.length === 0) return <p>{say('unused')}</p>
  return <p>{named.map(({ thing }, at) => <span key={thing.id}>{at > 0 && ', '}<Link to={pathOf('trunk', thing.id)}>{thing.title}</Link></span>)}</p>
}
