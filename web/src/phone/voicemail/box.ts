import { useQuery } from '@tanstack/react-query'
import { api, done, type Schemas } from '~/api/client'
import { type Kept, useFreshOn } from '~/api/feed'
import { useMe } from '~/api/session'

export type Message = Schemas['MessageOut']
export type Box = Schemas['BoxOut']

export const BOX = ['voicemail']
const TOLD = new Set<string>(['MessageLeft', 'MessageHeard', 'MessageDeleted', 'MessageTakenBack', 'MessageErased'] satisfies Kept['fact']['kind'][])

/** One's own voicemail; fresh as soon as a message is left, or another page of one's own changes one. */
export function useBox() {
  const { user } = useMe()
  useFreshOn(BOX, ({ fact }) => TOLD.has(fact.kind) && 'user' in fact && fact.user === user)
  return useQuery({ queryKey: BOX, queryFn: () => done(api.GET('/api/voicemail')), staleTime: 60_000 })
}
