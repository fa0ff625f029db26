import { Anchor, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { KEY, keyFrom } from './keys'
import classes from './frame.module.css'
import { type Kind, type Thing, titleOf } from './things'
import type { Path, ThingForm } from './useThingForm'
import { useWords } from './words.frame'

/** A new thing's key follows its title, until a person writes another. */
export function KeyField<K extends Kind>({ form, taken }: { form: ThingForm<K>; taken: ReadonlySet<string> }) {
  if (!form.isNew || !('id' in form.value)) return null
  return <NewKey form={form} taken={taken} />
}

function NewKey<K extends Kind>({ form, taken }: { form: ThingForm<K>; taken: ReadonlySet<string> }) {
  const say = useWords()
  const [byHand, setByHand] = useState(false)
  const { id } = form.value as { id: string }
  const title = titleOf(form.kind, form.value)
  const made = keyFrom(title === id ? '' : title, taken, form.kind)
  const { change } = form
  useEffect(() => {
    if (!byHand && made !== id) change({ id: made } as unknown as Partial<Thing<K>>)
  }, [byHand, made, id, change])
  const refused = form.error('id')
  const wrong = refused ?? (!KEY.test(id) ? say('key_form') : taken.has(id) ? say('key_taken') : undefined)
  if (!byHand && !refused) {
    return <p className={classes.keyLine}>{say('key')}: <span className="num">{id}</span> · <Anchor component="button" type="button" fz="inherit" onClick={() => setByHand(true)}>{say('key_change')}</Anchor></p>
  }
  return <TextInput label={say('key')} description={say('key_hint')} maw={372} {...form.text('id' as Path<Thing<K>>)} error={wrong} />
}
