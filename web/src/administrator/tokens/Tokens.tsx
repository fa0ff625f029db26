import { Button, Group, Loader, Modal, Table } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, done, type Schemas } from '~/api/client'
import { RefusalNote, tell } from '~/kit/refusals'
import { EmptyState } from '~/kit/small'
import { asMoment, serverNow } from '~/kit/times'
import { ShownOnce } from '../frame/ShownOnce'
import frame from '../frame/frame.module.css'
import { useTitleOf } from '../frame/things'
import { useRightTitles } from '../roles/RightsField'
import { NewToken } from './NewToken'
import classes from './tokens.module.css'
import { useWords } from './words'

type Token = Schemas['TokenOut']
const TOKENS = ['tokens']

/** One's own tokens: made, shown once, revoked. */
export function Tokens() {
  const say = useWords()
  const queries = useQueryClient()
  const { data, error } = useQuery({ queryKey: TOKENS, queryFn: () => done(api.GET('/api/tokens')) })
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<Schemas['TokenMade'] | null>(null)
  const fresh = () => queries.invalidateQueries({ queryKey: TOKENS })
  const add = <Button variant="filled" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>{say('add')}</Button>
  return (
    <div className={frame.pane}>
      <header className={frame.head}><h1 className={frame.title}>{say('name')}</h1><span className={frame.grow} />{data !== undefined && data.length > 0 && add}</header>
      {error ? <RefusalNote why={error} /> : data === undefined ? <div className={frame.whole}><Loader size="sm" color="var(--ink3)" /></div>
        : data.length === 0 ? <EmptyState title={say('empty')} action={add}><p>{say('hint')}</p><p>{say('empty_text')}</p></EmptyState>
          : <TokenTable tokens={data} revoked={fresh} />}
      {adding && <NewToken close={() => setAdding(false)} made={(token) => { setAdding(false); setMade(token); void fresh() }} />}
      {made && (
        <ShownOnce title={say('made_title', { title: made.token.title })} secret={made.text} close={() => setMade(null)}>
          <p className={classes.use}>{say('made_use')} <code>Authorization: Bearer …</code></p>
        </ShownOnce>
      )}
    </div>
  )
}

function TokenTable({ tokens, revoked }: { tokens: readonly Token[]; revoked: () => void }) {
  const say = useWords()
  const [revoking, setRevoking] = useState<Token | null>(null)
  return (
    <div className={frame.body}>
      <p className={classes.hint}>{say('hint')}</p>
      <Table className={classes.table} verticalSpacing={5}>
        <Table.Thead>
          <Table.Tr>{(['col_title', 'col_rights', 'col_projects', 'col_made', 'col_until', 'col_used'] as const).map((word) => <Table.Th key={word}>{say(word)}</Table.Th>)}<Table.Td /></Table.Tr>
        </Table.Thead>
        <Table.Tbody>{tokens.map((token) => <TokenRow key={token.id} token={token} revoke={() => setRevoking(token)} />)}</Table.Tbody>
      </Table>
      {revoking && <Revoking token={revoking} close={() => setRevoking(null)} revoked={revoked} />}
    </div>
  )
}

function TokenRow({ token, revoke }: { token: Token; revoke: () => void }) {
  const say = useWords()
  const right = useRightTitles()
  const project = useTitleOf('project')
  const over = token.until !== null && new Date(token.until).getTime() < serverNow()
  return (
    <Table.Tr className={over ? classes.over : undefined}>
      <Table.Td className={classes.title}>{token.title}</Table.Td>
      <Table.Td>{token.rights.map(right).join(', ')}</Table.Td>
      <Table.Td>{token.projects === null ? say('every_project') : token.projects.map(project).join(', ')}</Table.Td>
      <Table.Td className="num">{asMoment(token.made)}</Table.Td>
      <Table.Td className="num">{token.until === null ? say('never') : over ? say('over', { moment: asMoment(token.until) }) : asMoment(token.until)}</Table.Td>
      <Table.Td className="num">{token.used === null ? say('not_used') : asMoment(token.used)}</Table.Td>
      <Table.Td className={classes.revoke}><Button size="xs" onClick={revoke} aria-label={`${say('revoke')}: ${token.title}`}>{say('revoke')}</Button></Table.Td>
    </Table.Tr>
  )
}

/** There is no way back, so the question names the thing and what it means. */
function Revoking({ token, close, revoked }: { token: Token; close: () => void; revoked: () => void }) {
  const say = useWords()
  const revoke = useMutation({
    mutationFn: () => done(api.DELETE('/api/tokens/{token}', { params: { path: { token: token.id } } })),
    onSuccess: () => {
      close()
      revoked()
      tell(say('revoked', { title: token.title }))
    },
  })
  return (
    <Modal opened onClose={close} title={say('revoke_title', { title: token.title })}>
      <p>{say('revoke_text')}</p>
      {token.used !== null && <p className={classes.used}>{say('revoke_used', { moment: asMoment(token.used) })}</p>}
      <RefusalNote why={revoke.error} />
      <Group mt="md" gap="xs" justify="flex-end">
        <Button data-autofocus onClick={close}>{say('revoke_keep')}</Button>
        <Button variant="filled" loading={revoke.isPending} onClick={() => revoke.mutate()}>{say('revoke')}</Button>
      </Group>
    </Modal>
  )
}
