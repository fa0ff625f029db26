import { Anchor, Button, Group, Loader, Modal, TextInput } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { Note, RefusalNote, tell, tellRefusal } from '~/kit/refusals'
import { SavedMark } from '~/kit/SavedMark'
import { KeyHint } from '~/kit/small'
import { asMoment } from '~/kit/times'
import { Changes } from '../changes/Changes'
import { faultAt, NO_FAULTS, unseen } from '../frame/faults'
import { Effect, Heading, Wide } from '../frame/fields'
import frame from '../frame/frame.module.css'
import { InUse } from '../frame/InUse'
import { KeyField } from '../frame/KeyField'
import { useLeaving } from '../frame/leaving'
import { type PaneProps, pathOf } from '../frame/ThingsPage'
import { useThings, useTitleOf } from '../frame/things'
import { type ThingForm, useThingForm } from '../frame/useThingForm'
import { useRemove } from '../frame/useRemove'
import { useSaveKey } from '../frame/useSaveKey'
import { Versions } from '../frame/Versions'
import { useWords as useFrameWords } from '../frame/words.frame'
import { PickProject } from '../projects/PickProject'
import { type Draft, drafts } from './drafts'
import { type Editing, EditingProvider } from './editing'
import classes from './cards.module.css'
import { Fields } from './Fields'
import { Preview } from './Preview'
import { Results } from './Results'
import { Script } from './Script'
import { useDraft } from './useDraft'
import { useWords } from './words'

type Form = ThingForm<'card'>
type Props = PaneProps<'card'>

/** A new card is created; one that is published is drawn as a draft until it is published anew. */
export function CardPane(props: Props) {
  return props.existing === null ? <NewCard {...props} /> : <Drawing {...props} />
}

function NewCard({ section, taken }: Props) {
  const say = useWords()
  const go = useNavigate()
  const blank = useRef(section.blank(taken)).current
  const form = useThingForm({ kind: 'card', existing: null, blank })
  const create = async () => {
    const key = await form.save()
    if (key !== null) void go(pathOf('card', key), { replace: true })
    return key !== null
  }
  useSaveKey(create)
  const guard = useLeaving({ title: say('add'), dirtyNow: form.dirtyNow, save: create })
  return (
    <div className={frame.pane}>
      <header className={frame.head}>
        <Back /><h1 className={frame.title}>{say('add')}</h1><span className={frame.grow} /><SavedMark saving={form.saving} />
        <Button variant="filled" loading={form.saving.state === 'saving'} onClick={() => void create()} rightSection={<KeyHint inverse>Ctrl S</KeyHint>}>{say('create')}</Button>
      </header>
      <Body form={form} more={<KeyField form={form} taken={taken} words={section.keyWords} />} />
      {guard}
    </div>
  )
}

/** Waits for the draft, so that nothing is drawn over it. */
function Drawing(props: Props) {
  const key = props.existing?.thing.id ?? ''
  const { data, error } = useQuery({ queryKey: ['draft', 'card', key], queryFn: () => drafts.get(key), gcTime: 0, staleTime: Infinity, refetchOnWindowFocus: false })
  if (error) return <div className={frame.pane}><RefusalNote why={error} /></div>
  if (data === undefined) return <div className={frame.whole}><Loader size="sm" color="var(--ink3)" /></div>
  return <Drawn {...props} first={data} />
}

function Drawn({ section, existing, taken, first }: Props & { first: Draft | null }) {
  const blank = useRef(section.blank(taken)).current
  const form = useThingForm({ kind: 'card', existing, blank, save: ({ id }) => drafts.publish(id) })
  const draft = useDraft(form, first)
  const [publishing, setPublishing] = useState(false)
  const ask = async () => {
    await draft.flush()
    setPublishing(true)
  }
  useSaveKey(() => draft.flush())
  return (
    <div className={frame.pane}>
      <Head section={section} form={form} draft={draft} publish={() => void ask()} />
      <Body form={form} faults={draft.kept.faults} notes={<DraftNotes form={form} draft={draft} />} />
      {publishing && <Publishing form={form} draft={draft} close={() => setPublishing(false)} />}
    </div>
  )
}

const Back = () => {
  const say = useWords()
  return <Link to="/set-up/cards" className={`${frame.back} ${classes.back}`} aria-label={say('back')}><IconChevronLeft size={18} /></Link>
}

interface WithDraft {
  form: Form
  draft: ReturnType<typeof useDraft>
}

function Head({ section, form, draft, publish }: WithDraft & { section: Props['section']; publish: () => void }) {
  const say = useWords()
  const frameSay = useFrameWords()
  const removing = useRemove(section, form)
  const wrong = Object.keys(draft.kept.faults.at).length + draft.kept.faults.whole.length
  const discard = async () => {
    const thrown = form.value
    await draft.discard()
    form.reset()
    tell(say('discarded'), 'ready', <Anchor component="button" fz="inherit" onClick={() => form.change(thrown)}>{say('put_back')}</Anchor>)
  }
  return (
    <>
      <header className={frame.head}>
        <Back /><h1 className={frame.title}>{form.value.title}</h1>
        <span className={`num ${frame.keyLine}`}>{form.value.id}</span>
        <Versions form={form} />
        <span className={frame.grow} />
        <SavedMark saving={draft.kept.saving} />
        {!draft.clean && <Button variant="subtle" onClick={() => void discard().catch(tellRefusal)}>{say('discard')}</Button>}
        <Button onClick={removing.remove} loading={removing.pending}>{frameSay('remove')}</Button>
        <Button variant="filled" disabled={draft.clean || draft.kept.rival || wrong > 0} onClick={publish}>{wrong > 0 ? say('publish_blocked', { count: wrong }) : say('publish')}</Button>
      </header>
      <InUse why={removing.refusal} title={form.value.title} />
    </>
  )
}

function DraftNotes({ form, draft }: WithDraft) {
  const say = useWords()
  const frameSay = useFrameWords()
  const who = useTitleOf('user')
  const { kept } = draft
  if (kept.rival) {
    return <Note tone="warn" action={<span className={classes.inline}><Button size="xs" onClick={() => void draft.takeTheirs()}>{say('rival_take')}</Button><Button size="xs" variant="subtle" onClick={() => void draft.keepMine()}>{say('rival_mine')}</Button></span>}>{say('rival')}</Note>
  }
  if (form.overtaken) {
    return <Note tone="warn" action={<span className={classes.inline}><Button size="xs" onClick={form.putMineOverTheirs}>{frameSay('mine_over_theirs')}</Button><Button size="xs" variant="subtle" onClick={form.takeTheirs}>{frameSay('take_theirs')}</Button></span>}>{frameSay('overtaken', { title: form.value.title })}</Note>
  }
  if (draft.clean) return null
  return <p className={classes.draft}>{kept.draft ? say('draft', { when: asMoment(kept.draft.at), who: who(kept.draft.by) }) : say('draft_mine')}</p>
}

function Publishing({ form, draft, close }: WithDraft & { close: () => void }) {
  const say = useWords()
  const queries = useQueryClient()
  const { title } = form.value
  const publish = async () => {
    const key = await form.save()
    if (key === null) return close()
    draft.gone()
    void queries.invalidateQueries({ queryKey: ['draft', 'card', key] })
    close()
    tell(say('published', { title }))
  }
  return (
    <Modal opened onClose={close} title={say('publish_title', { title })} size="lg">
      <p className={classes.hint}>{say('publish_text')}</p>
      <div className={classes.differences}><Changes kind="card" before={form.published} after={form.value} /></div>
      <Group mt="md" gap="xs" justify="flex-end">
        <Button onClick={close}>{say('not_yet')}</Button>
        <Button variant="filled" data-autofocus loading={form.saving.state === 'saving'} onClick={() => void publish()}>{say('publish_now')}</Button>
      </Group>
    </Modal>
  )
}

/** What is drawn, with the card as the operator sees it beside it. */
function Body({ form, faults = NO_FAULTS, notes, more }: { form: Form; faults?: typeof NO_FAULTS; notes?: ReactNode; more?: ReactNode }) {
  const say = useWords()
  const shown = useRef(new Set<string>()).current
  const error = (path: string) => {
    shown.add(path)
    return form.error(path) ?? faultAt(faults, path, shown)
  }
  const published = form.published
  const fixed = useMemo(() => fixedIn(published), [published])
  const editing: Editing = { card: form.value, change: form.change, error, wrongIn: (path) => Object.keys(faults.at).some((at) => at === path || at.startsWith(`${path}.`)), label: form.label, fixed }
  const { onChange: toProject, ...project } = form.field('project')
  return (
    <div className={`${frame.body} ${classes.body}`}>
      <form className={frame.form} noValidate onSubmit={(event) => event.preventDefault()}>
        {notes}
        <EditingProvider value={editing}>
          <div className={frame.fields}>
            <TextInput {...form.text('title')} autoFocus={form.isNew} error={error('title')} />
            <PickProject {...project} error={error('project')} onChange={toProject} />
            {!form.isNew && <UsedBy card={form.value.id} />}
            <Heading>{say('fields')}</Heading>
            <Wide><Fields />{error('fields') && <p className={classes.fault}>{error('fields')}</p>}</Wide>
            <Heading>{say('script')}</Heading>
            <Wide><Script /></Wide>
            <Heading>{say('results')}</Heading>
            <Wide><Results /></Wide>
          </div>
        </EditingProvider>
        {more}
        <div className={frame.notes}>{[...form.unseen(), ...faults.whole, ...unseen(faults, shown, form.label)].map((words) => <Note key={words} tone="bad">{words}</Note>)}</div>
      </form>
      <aside className={classes.beside}><Preview card={form.value} /></aside>
    </div>
  )
}

const keysOf = (parts: readonly { key: string }[] | undefined): ReadonlySet<string> => new Set(parts?.map(({ key }) => key))

/** Keys by which filled-in cards know their values. */
const fixedIn = (published: Form['published']): Editing['fixed'] => ({
  fields: keysOf(published?.fields), dispositions: keysOf(published?.dispositions), choicesOf: (field) => keysOf(published?.fields.find(({ key }) => key === field)?.choices),
})

function UsedBy({ card }: { card: string }) {
  const say = useWords()
  const { data: queues = [] } = useThings('queue')
  const users = queues.filter(({ thing }) => thing.card === card)
  if (users.length === 0) return <Effect>{say('unused')}</Effect>
  return <Effect>{say('used_by')} {users.map(({ thing }, at) => <span key={thing.id}>{at > 0 && ', '}<Link to={pathOf('queue', thing.id)}>{thing.title}</Link></span>)}.</Effect>
}

