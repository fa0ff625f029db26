import { ActionIcon, Anchor, Button, Loader, UnstyledButton } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconChevronDown, IconChevronUp, IconGripVertical, IconPlus } from '@tabler/icons-react'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { useNavigate, useParams } from 'react-router'
import { RefusalNote, tell, tellRefusal } from '~/kit/refusals'
import { useKinds } from '../changes/Changes'
import classes from './frame.module.css'
import { useDrag } from './drag'
import { givingWay, inOrder, movedTo } from './order'
import { Chosen, NEW, pathOf, type Section } from './ThingsPage'
import { freshThings, listKey, PLACE, publish, put, type Thing, titleOf, useThings, type Versioned, type Wish } from './things'
import { useWords } from './words.frame'

type OrderedKind = 'route' | 'outbound_route' | 'recording_rule'

export interface OrderedSection<K extends OrderedKind> extends Section<K> {
  /** Whom it takes and where it leads, under the title. */
  summary: (thing: Thing<K>) => ReactNode
  /** Opens what stands in the place of the form: the test box. */
  test: string
}

/** Rules that are tried from the top down: their order is changed by dragging or by arrows, and holds at once. */
export function OrderedPage<K extends OrderedKind>({ section }: { section: OrderedSection<K> }) {
  const { data, error } = useThings(section.kind)
  const kinds = useKinds()
  const chosen = useParams()['*'] ?? ''
  if (error && !data) return <div className={classes.whole}><RefusalNote why={error} /></div>
  if (!data || !kinds.data || section.ready === false) return <div className={classes.whole}><Loader size="sm" color="var(--ink3)" /></div>
  return (
    <div className={classes.splitWide}>
      <OrderedList section={section} items={inOrder(data)} chosen={chosen} />
      <Chosen section={{ ...section, save: saveInOrder(section.kind, data) }} items={data} chosen={chosen} />
    </div>
  )
}

/** A new rule is saved together with those that give way to it. */
const saveInOrder = <K extends OrderedKind>(kind: K, items: readonly Versioned<Thing<K>>[]) => (thing: Thing<K>, basedOn: number | null) => {
  const isNew = items.every((one) => one.thing.id !== thing.id)
  const moved = isNew ? givingWay(items, thing) : []
  return publish(put(kind, thing, basedOn), ...moved.map((one) => put(kind, one.thing as Thing<K>, one.version)))
}

interface ListProps<K extends OrderedKind> {
  section: OrderedSection<K>
  items: Versioned<Thing<K>>[]
  chosen: string
}

function OrderedList<K extends OrderedKind>({ section, items, chosen }: ListProps<K>) {
  const say = useWords()
  const go = useNavigate()
  const move = useMove(section, items)
  const drag = useDrag(items.length, move)
  return (
    <nav className={classes.list} aria-label={section.name}>
      <div className={classes.listHead}>
        <Button size="xs" className={classes.grow} onClick={() => void go(`/set-up/${PLACE[section.kind]}`)}>{section.test}</Button>
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => void go(pathOf(section.kind, NEW))} aria-label={section.add ?? undefined}>{say('add')}</Button>
      </div>
      <p className={classes.hint}>{say('order_hint')}</p>
      <ol className={classes.ordered}>
        {items.map(({ thing }, at) => (
          <li key={thing.id} className={clsx(classes.rule, drag.over === at && classes.ruleOver)} aria-current={chosen === thing.id ? 'true' : undefined} {...drag.of(at)}>
            <IconGripVertical size={14} className={classes.grip} aria-hidden />
            <UnstyledButton className={classes.ruleBody} onClick={() => void go(pathOf(section.kind, thing.id))}>
              <span className={classes.ruleTitle}><span className="num">{at + 1}.</span> {thing.title}</span>
              <span className={classes.ruleSummary}>{section.summary(thing as Thing<K>)}</span>
            </UnstyledButton>
            <span className={classes.arrows}>
              <ActionIcon size={24} variant="subtle" color="gray" disabled={at === 0} aria-label={say('move_up', { title: thing.title })} onClick={() => move(at, at - 1)}><IconChevronUp size={14} /></ActionIcon>
              <ActionIcon size={24} variant="subtle" color="gray" disabled={at === items.length - 1} aria-label={say('move_down', { title: thing.title })} onClick={() => move(at, at + 1)}><IconChevronDown size={14} /></ActionIcon>
            </span>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Publishes the new order at once, and offers to undo it. */
function useMove<K extends OrderedKind>(section: OrderedSection<K>, items: Versioned<Thing<K>>[]): (from: number, to: number) => void {
  const say = useWords()
  const queries = useQueryClient()
  const moving = useMutation({
    mutationFn: async ({ from, to }: { from: number; to: number }) => {
      const changed = movedTo(items, from, to)
      const [first, ...others] = changed.map(({ thing, version }) => put(section.kind, thing as Thing<K>, version))
      if (!first) return null
      queries.setQueryData(listKey(section.kind), items.map((old) => changed.find(({ thing }) => thing.id === old.thing.id) ?? old))
      return { title: titleOf(section.kind, items[from]!.thing), back: backOf(section.kind, items, changed), published: await publish(first, ...others) }
    },
    onSettled: () => freshThings(queries, [section.kind]),
    onError: tellRefusal,
    onSuccess: (done) => done && tell(say('moved', { title: done.title }), 'ready',
      <Anchor component="button" fz="inherit" onClick={() => void putBack(done.back, done.published.versions).then(() => freshThings(queries, [section.kind])).catch(tellRefusal)}>{say('put_back')}</Anchor>),
  })
  return (from, to) => moving.mutate({ from, to })
}

/** The old order, to be put onto the versions that the move makes. */
const backOf = <K extends OrderedKind>(kind: K, items: Versioned<Thing<K>>[], changed: Versioned<Thing<K>>[]): Wish[] =>
  items.filter(({ thing }) => changed.some((now) => now.thing.id === thing.id)).map(({ thing }) => put(kind, thing, null))

async function putBack(wishes: Wish[], versions: Record<string, number>): Promise<void> {
  const [first, ...others] = wishes.map((wish) => ({ ...wish, based_on: versions[`${wish.kind}/${wish.key}`] ?? null }))
  if (first) await publish(first, ...others)
}
