import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, done, type Schemas } from '~/api/client'
import { type Kept, useFreshOn } from '~/api/feed'
import { useMe } from '~/api/session'
import { tellRefusal } from '~/kit/refusals'

export type Message = Schemas['MessageOut']
export type Box = Schemas['BoxOut']

export const soundOf = (message: string): string => `/api/voicemail/${encodeURIComponent(message)}/sound`

const BOX = ['voicemail']
const TOLD = new Set<string>(['MessageLeft', 'MessageHeard', 'MessageDeleted', 'MessageTakenBack', 'MessageErased'] satisfies Kept['fact']['kind'][])

/** One's own voicemail; fresh as soon as a message is left, or another page of one's own changes one. */
export function useBox() {
  const { user } = useMe()
  useFreshOn(BOX, ({ fact }) => TOLD.has(fact.kind) && 'user' in fact && fact.user === user)
  return useQuery({ queryKey: BOX, queryFn: () => done(api.GET('/api/voicemail')), staleTime: 60_000 })
}

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
