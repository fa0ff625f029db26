import { Anchor } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { tell, tellRefusal } from '~/kit/refusals'
import type { Section } from './ThingsPage'
import { type Kind, keyOf, PLACE, type Thing, things, titleOf, useFreshThings } from './things'
import type { ThingForm } from './useThingForm'
import { useWords } from './words.frame'

/** Delete at once, and offer to undo it. What others need is refused, and stays. */
export function useRemove<K extends Kind>(section: Section<K>, form: ThingForm<K>) {
  const say = useWords()
  const go = useNavigate()
  const fresh = useFreshThings()
  const putBack = async (thing: Thing<K>) => {
    await things.put(form.kind, thing, 0)
    await fresh()
    tell(say('is_back', { title: titleOf(form.kind, thing) }))
  }
  const removing = useMutation({
    mutationFn: () => things.remove(form.kind, keyOf(form.kind, form.published ?? form.value), form.version),
    onSuccess: async () => {
      const gone = form.published ?? form.value
      form.reset()
      await go(`/set-up/${PLACE[section.kind]}`)
      void fresh()
      tell(say('removed', { title: titleOf(form.kind, gone) }), 'ready', <Anchor component="button" fz="inherit" onClick={() => void putBack(gone).catch(tellRefusal)}>{say('put_back')}</Anchor>)
    },
  })
  return { remove: () => removing.mutate(), pending: removing.isPending, refusal: removing.error }
}
