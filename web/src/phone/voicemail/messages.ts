import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, done } from '~/api/client'
import { tellRefusal } from '~/kit/refusals'
import { BOX, type Box, type Message } from './box'

export const soundOf = (message: string): string => `/api/voicemail/${encodeURIComponent(message)}/sound`

const at = (key: string) => ({ params: { path: { key } } })

/** What can be done with a message; the list is right at once, and set right by what the server says. */
export function useMessages() {
  const queries = useQueryClient()
  const fresh = () => queries.invalidateQueries({ queryKey: BOX })
  const without = (id: string) => queries.setQueryData<Box>(BOX, (box) => box && gone(box, id))
  const remove = useMutation({
    mutationFn: (message: Message) => done(api.DELETE('/api/voicemail/{key}', at(message.id))),
    onMutate: ({ id }) => void without(id), onError: tellRefusal, onSettled: fresh,
  })
  const takeBack = useMutation({
    mutationFn: (message: Message) => done(api.POST('/api/voicemail/{key}/take-back', at(message.id))), onError: tellRefusal, onSettled: fresh,
  })
  const mark = useMutation({
    mutationFn: ({ id, heard }: { id: string; heard: boolean }) => done(api.PUT('/api/voicemail/{key}/heard', { ...at(id), body: { heard } })),
    onError: tellRefusal, onSettled: fresh,
  })
  const callBack = useMutation({
    mutationFn: ({ id }: Message) => done(api.POST('/api/voicemail/{key}/call-back', { ...at(id), body: {} })), onError: tellRefusal,
  })
  return { remove, takeBack, mark, callBack, fresh }
}

/** The box without a message. */
export function gone(box: Box, id: string): Box {
  const was = box.items.find((one) => one.id === id)
  if (was === undefined) return box
  return { unheard: box.unheard - (was.heard ? 0 : 1), items: box.items.filter((one) => one !== was) }
}
