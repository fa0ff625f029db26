import { Button, FileButton, Group, Loader, Table, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch, IconUpload } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asPhone } from '~/kit/numbers'
import { RefusalNote } from '~/kit/refusals'
import { inLanguage, useLanguage } from '~/kit/words'
import frame from '../frame/frame.module.css'
import type { Thing } from '../frame/things'
import { ContactDialog } from './ContactDialog'
import type { ListField } from './ContactLists'
import classes from './contacts.module.css'
import { type Contact, contacts, contactsKey } from './doors'
import { EraseAll } from './Erasing'
import { ImportDialog } from './ImportDialog'
import { useWords } from './words'

const MOST = 20
/** So many fields have a column of their own. */
const COLUMNS = 3

/** Who is in the list: found, added, changed, read from a table. */
export function Contacts({ list }: { list: Thing<'contact_list'> }) {
  const say = useWords()
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const [first, setFirst] = useState(0)
  const [opened, open] = useState<Contact | 'new' | null>(null)
  const [table, setTable] = useState<File | null>(null)
  const { data, error } = useQuery({ queryKey: [...contactsKey(list.id), search, first], queryFn: () => contacts.page(list.id, search, first, MOST), placeholderData: keepPreviousData })
  const changed = () => void queries.invalidateQueries({ queryKey: contactsKey(list.id) })
  if (error) return <RefusalNote why={error} />
  if (!data) return <Loader size="sm" color="var(--ink3)" />
  const nobody = data.total === 0 && search === ''
  return (
    <>
      <Group gap="xs" mb="xs">
        {!nobody && (
          <TextInput className={frame.grow} leftSection={<IconSearch size={14} />} aria-label={say('find')} placeholder={say('find')} value={typed}
            onChange={({ currentTarget: { value } }) => { setTyped(value); setFirst(0) }} />
        )}
        <Button leftSection={<IconPlus size={14} />} onClick={() => open('new')}>{say('add_contact')}</Button>
        <FileButton accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={setTable}>{(props) => <Button {...props} leftSection={<IconUpload size={14} />}>{say('import')}</Button>}</FileButton>
      </Group>
      {nobody ? <p className={frame.about}>{say('none')}</p> : data.total === 0 ? <p className={frame.about}>{say('none_found')}</p>
        : <ContactTable fields={list.fields ?? []} items={data.items} open={open} />}
      {!nobody && (
        <Group gap="xs" mt="xs">
          <span className={`${frame.grow} num`} role="status">{say('count', { count: data.total })}</span>
          {data.total > MOST && <Button size="xs" disabled={first === 0} onClick={() => setFirst(first - MOST)}>{say('before')}</Button>}
          {data.total > MOST && <Button size="xs" disabled={first + MOST >= data.total} onClick={() => setFirst(first + MOST)}>{say('after')}</Button>}
          {search === '' && <EraseAll list={list} erased={() => { setFirst(0); changed() }} />}
        </Group>
      )}
      {opened && <ContactDialog list={list} contact={opened === 'new' ? null : opened} close={() => open(null)} changed={changed} />}
      {table && <ImportDialog list={list} table={table} close={() => setTable(null)} imported={() => { setFirst(0); changed() }} />}
    </>
  )
}

function ContactTable({ fields, items, open }: { fields: readonly ListField[]; items: readonly Contact[]; open: (contact: Contact) => void }) {
  const say = useWords()
  useLanguage()
  const shown = fields.slice(0, COLUMNS)
  return (
    <div className={classes.scroll}>
      <Table verticalSpacing={4}>
        <Table.Thead><Table.Tr><Table.Th>{say('col_name')}</Table.Th><Table.Th>{say('col_numbers')}</Table.Th>{shown.map(({ key, title }) => <Table.Th key={key}>{inLanguage(title)}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {items.map((contact) => (
            <Table.Tr key={contact.id}>
              <Table.Td><UnstyledButton className={classes.name} onClick={() => open(contact)}>{contact.name || <i>{say('no_name')}</i>}</UnstyledButton></Table.Td>
              <Table.Td className="num">{contact.numbers.map((number, at) => <span key={number} className={classes.number}>{asPhone(number)}{at + 1 < contact.numbers.length && ', '}</span>)}</Table.Td>
              {shown.map((field) => <Table.Td key={field.key} className={classes.value}><Value field={field} value={contact.values[field.key]} /></Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function Value({ field, value }: { field: ListField; value: Contact['values'][string] | undefined }) {
  const say = useWords()
  const language = useLanguage()
  if (value === undefined) return null
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no')
  if (typeof value === 'number') return value.toLocaleString(language)
  const choice = field.choices?.find(({ key }) => key === value)
  return choice ? inLanguage(choice.title) : String(value)
}
