import { Button } from '@mantine/core'
import { useCallback, useRef } from 'react'
import { useNavigate } from 'react-router'
import { Note } from '~/kit/refusals'
import { KeyHint } from '~/kit/small'
import { SavedMark } from '~/kit/SavedMark'
import { InUse } from './InUse'
import { KeyField } from './KeyField'
import { MADE_HERE, useLeaving } from './leaving'
import classes from './frame.module.css'
import { type PaneProps, pathOf, type Section } from './ThingsPage'
import { type Kind, titleOf } from './things'
import { useRemove } from './useRemove'
import { type FormWish, type ThingForm, useThingForm } from './useThingForm'
import { useSaveKey } from './useSaveKey'
import { Versions } from './Versions'
import { useWords } from './words.frame'

/** One thing as a form that saves by putting it. */
export function ThingPane<K extends Kind>({ section, existing, taken, made, ...more }: PaneProps<K> & Pick<FormWish<K>, 'save' | 'alsoDirty' | 'alsoReset' | 'asShown' | 'check'>) {
  const blank = useRef(section.blank(taken)).current
  const form = useThingForm({ kind: section.kind, existing, blank, check: section.check, save: section.save, ...more })
  return <FormPane section={section} form={form} taken={taken} made={made} />
}

/** The head, the notes and the fields of a form. */
function FormPane<K extends Kind>({ section, form, taken, made }: Omit<PaneProps<K>, 'existing'> & { form: ThingForm<K> }) {
  const { Form } = section
  const saveAndStay = useSaveAndStay(section, form, made)
  useSaveKey(saveAndStay)
  const title = form.isNew ? (section.add ?? section.name) : titleOf(form.kind, form.value)
  const guard = useLeaving({ title, dirtyNow: form.dirtyNow, save: async () => (await form.save()) !== null })
  return (
    <div className={classes.pane}>
      <PaneHead section={section} form={form} save={saveAndStay} />
      <div className={classes.body}>
        <form className={classes.form} noValidate onSubmit={(event) => { event.preventDefault(); void saveAndStay() }}>
          <Overtaken form={form} />
          <div className={classes.fields}><Form form={form} /></div>
          {!section.keyInForm && <KeyField form={form} taken={taken} words={section.keyWords} source={section.keySource} />}
          <Unseen form={form} />
          <button type="submit" hidden />
        </form>
        {section.Beside && <aside className={classes.beside}><section.Beside form={form} /></aside>}
      </div>
      {guard}
    </div>
  )
}

function useSaveAndStay<K extends Kind>(section: Section<K>, form: ThingForm<K>, made: PaneProps<K>['made']): () => Promise<boolean> {
  const go = useNavigate()
  return useCallback(async () => {
    const { isNew, value, savable } = form
    if (!savable) return true
    const key = await form.save()
    if (key !== null && isNew) {
      made(key)
      void go(pathOf(section.kind, key), { replace: true, state: MADE_HERE })
      section.created?.(value)
    }
    return key !== null
  }, [form, go, section, made])
}

function PaneHead<K extends Kind>({ section, form, save }: { section: Section<K>; form: ThingForm<K>; save: () => void }) {
  const say = useWords()
  const removing = useRemove(section, form)
  const title = form.isNew ? (section.add ?? section.name) : titleOf(form.kind, form.published ?? form.value)
  const removable = !form.isNew && (section.removable?.(form.value) ?? true)
  return (
    <>
      <header className={classes.head}>
        <h1 className={classes.title}>{title}</h1>
        {!form.isNew && 'id' in form.value && <span className={`num ${classes.keyLine}`} title={section.keyWords?.label ?? say('key')}>{form.value.id}</span>}
        {!form.isNew && <Versions form={form} />}
        <div className={classes.headActions}>
          <SavedMark saving={form.saving} />
          {section.Actions && <section.Actions form={form} />}
          {form.dirty && !form.isNew && <Button variant="subtle" onClick={form.reset}>{say('discard')}</Button>}
          {removable && <Button onClick={removing.remove} loading={removing.pending}>{say('remove')}</Button>}
          <Button variant="filled" loading={form.saving.state === 'saving'} disabled={!form.savable} onClick={save} rightSection={<KeyHint inverse>Ctrl S</KeyHint>}>
            {say(form.isNew ? 'create' : 'save')}
          </Button>
        </div>
      </header>
      <InUse why={removing.refusal} title={title} />
    </>
  )
}

function Overtaken<K extends Kind>({ form }: { form: ThingForm<K> }) {
  const say = useWords()
  if (!form.overtaken) return null
  const actions = <span style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
    <Button size="xs" onClick={form.putMineOverTheirs}>{say('mine_over_theirs')}</Button>
    <Button size="xs" variant="subtle" onClick={form.takeTheirs}>{say('take_theirs')}</Button>
  </span>
  return <Note tone="warn" action={actions}>{say('overtaken', { title: titleOf(form.kind, form.overtaken.thing) })}</Note>
}

/** After the fields, so that these have said by then what they show. */
function Unseen<K extends Kind>({ form }: { form: ThingForm<K> }) {
  return <div className={classes.notes}>{form.unseen().map((words) => <Note key={words} tone="bad">{words}</Note>)}</div>
}
