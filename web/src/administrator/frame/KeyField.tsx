import { Anchor, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { KEY, keyFrom } from './keys'
import classes from './frame.module.css'
import { type Kind, type Thing, titleOf } from './things'
import type { Section } from './ThingsPage'
import type { Path, ThingForm } from './useThingForm'
import { useWords } from './words.frame'

/** A new thing's key follows its title, until a person writes another. */
interface KeyFieldProps<K extends Kind> {
  form: ThingForm<K>
  taken: ReadonlySet<string>
  words: Section<K>['keyWords']
  source?: Section<K>['keySource']
}

export function KeyField<K extends Kind>({ form, taken, words, source }: KeyFieldProps<K>) {
  if (!form.isNew || !('id' in form.value)) return null
  return <NewKey form={form} taken={taken} words={words} source={source} />
}

function NewKey<K extends Kind>({ form, taken, words, source = (thing) => titleOf(form.kind, thing) }: KeyFieldProps<K>) {
  const say = useWords()
  const [byHand, setByHand] = useState(false)
  const { id } = form.value as { id: string }
  const made = keyFrom(source(form.value), taken, form.kind)
  const { change, saving } = form
  // While it is being made, the key that is taken may be its own.
  const follows = !byHand && saving.state !== 'saving'
  useEffect(() => {
    if (follows && made !== id) change({ id: made } as unknown as Partial<Thing<K>>)
  }, [follows, made, id, change])
  const refused = form.error('id')
  const wrong = refused ?? (!KEY.test(id) ? say('key_form') : taken.has(id) && saving.state !== 'saving' ? say('key_taken') : undefined)
  if (!byHand && !refused) {
    return <p className={classes.keyLine}>{words?.label ?? say('key')}: <b className="num">{id}</b> · <Anchor component="button" type="button" fz="inherit" onClick={() => setByHand(true)}>{say('key_change')}</Anchor></p>
  }
  return <TextInput maw={372} description={words?.hint ?? say('key_hint')} {...form.text('id' as Path<Thing<K>>)} label={words?.label ?? say('key')} error={wrong} />
}
