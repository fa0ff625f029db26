import { Button, Group, Loader, Modal, Select, Table } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Note, RefusalNote, tell } from '~/kit/refusals'
import { inLanguage, useLanguage } from '~/kit/words'
import frame from '../frame/frame.module.css'
import { replaced } from '../frame/lists'
import type { Thing } from '../frame/things'
import type { ListField } from './ContactLists'
import classes from './contacts.module.css'
import { contacts, type Import } from './doors'
import { useWords } from './words'

interface ImportProps {
  list: Thing<'contact_list'>
  table: File
  close: () => void
  imported: () => void
}

/** A table is looked at first: what each column is, who is new, and which lines make nothing. */
export function ImportDialog({ list, table, close, imported }: ImportProps) {
  const say = useWords()
  const [columns, setColumns] = useState<string[] | null>(null)
  const { data, error } = useQuery({ queryKey: ['contact table', list.id, table.name, table.lastModified, table.size, columns], queryFn: () => contacts.read(list.id, table, columns), placeholderData: keepPreviousData, gcTime: 0 })
  const means = columns ?? data?.columns.map((column) => column.means) ?? []
  const importing = useMutation({
    mutationFn: () => contacts.import(list.id, table, means),
    onSuccess: ({ added, changed }) => {
      tell(say('imported', { added, changed }))
      imported()
      close()
    },
  })
  const lacksNumbers = data !== undefined && !means.includes('number')
  return (
    <Modal opened onClose={close} size="xl" title={say('import_title', { file: table.name })} closeButtonProps={{ 'aria-label': say('cancel') }}>
      {error && <RefusalNote why={error} />}
      {!data && !error && <Loader size="sm" color="var(--ink3)" />}
      {data && (
        <>
          <p className={frame.about}>{say('import_hint')}</p>
          <Columns fields={list.fields ?? []} columns={data.columns} means={means} onChange={setColumns} />
          {lacksNumbers ? <Note tone="warn">{say('no_number_column')}</Note> : <Told found={data} />}
        </>
      )}
      <RefusalNote why={importing.error} />
      <Group mt="md" gap="xs" justify="flex-end">
        <Button variant="subtle" onClick={close}>{say('cancel')}</Button>
        <Button variant="filled" disabled={!data || lacksNumbers || data.added + data.changed === 0} loading={importing.isPending} onClick={() => importing.mutate()}>{say('do_import')}</Button>
      </Group>
    </Modal>
  )
}

interface ColumnsProps {
  fields: readonly ListField[]
  columns: Import['columns']
  means: readonly string[]
  onChange: (means: string[]) => void
}

function Columns({ fields, columns, means, onChange }: ColumnsProps) {
  const say = useWords()
  useLanguage()
  const data = [
    { value: '-', label: say('means_nothing') }, { value: 'name', label: say('means_name') }, { value: 'number', label: say('means_number') },
    ...fields.map(({ key, title }) => ({ value: `field:${key}`, label: inLanguage(title) })),
  ]
  return (
    <Table verticalSpacing={4} mb="sm">
      <Table.Tbody>
        {columns.map(({ head, samples }, at) => {
          const title = head || say('column', { number: at + 1 })
          return (
            <Table.Tr key={at}>
              <Table.Td>{title}<div className={classes.samples}>{samples.join(', ')}</div></Table.Td>
              <Table.Td w={220}><Select<string> aria-label={title} data={data} allowDeselect={false} value={means[at] || '-'} onChange={(chosen) => onChange(replaced([...means], at, chosen === '-' || chosen === null ? '' : chosen))} /></Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}

const MOST = 20

function Told({ found: { added, changed, same, bad, bad_lines: lines } }: { found: Import }) {
  const say = useWords()
  const said = [say('would_add', { count: added }), changed > 0 && say('would_change', { count: changed }), same > 0 && say('would_stay', { count: same })].filter(Boolean).join(', ')
  return (
    <div className={frame.notes}>
      <Note tone="ready">{said}</Note>
      {lines > 0 && (
        <Note tone="warn">
          {say('bad', { count: lines })}
          <ul className={classes.bad}>{bad.slice(0, MOST).map(({ line, text, why }) => <li key={line}>{say('line', { line, why: inLanguage(why) })} <code>{text}</code></li>)}</ul>
          {lines > MOST && say('more_bad', { count: lines - MOST })}
        </Note>
      )}
    </div>
  )
}
