import { Anchor } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { tell, tellRefusal } from '~/kit/refusals'
import type { Going, Section } from './ThingsPage'
import { type Kind, keyOf, PLACE, publish, put, remove, type Thing, titleOf, useFreshThings } from './things'
import type { ThingForm } from './useThingForm'
import { useWords } from './words.frame'

/** Delete at once, and offer to undo it. What others need is refused, and stays. */
export function useRemove<K extends Kind>(section: Section<K>, form: ThingForm<K>) {
  const say = useWords()
  const go = useNavigate()
  const fresh = useFreshThings()
  const putBack = async (thing: Thing<K>, others: readonly Going[]) => {
    await publish(put(form.kind, thing, 0), ...others.map((other) => put(other.kind, other.thing, 0)))
    await fresh([form.kind, ...others.map(({ kind }) => kind)])
    tell(say(form.kind === 'device' || form.kind === 'trunk' ? 'is_back_without_password' : 'is_back', { title: titleOf(form.kind, thing) }))
  }
  const removing = useMutation({
    mutationFn: async () => {
      const gone = form.published ?? form.value
      const others = section.goesWith?.(gone) ?? []
      await publish(remove(form.kind, keyOf(form.kind, gone), form.version), ...others.map((other) => remove(other.kind, keyOf(other.kind, other.thing), other.version)))
      return { gone, others }
    },
    onSuccess: async ({ gone, others }) => {
      form.reset()
      await go(`/set-up/${PLACE[section.kind]}`)
      void fresh([form.kind, ...others.map(({ kind }) => kind)])
      tell(say('removed', { title: titleOf(form.kind, gone) }), 'ready', <Anchor component="button" fz="inherit" onClick={() => void putBack(gone, others).catch(tellRefusal)}>{say('put_back')}</Anchor>)
    },
  })
  return { remove: () => removing.mutate(), pending: removing.isPending, refusal: removing.error }
}
