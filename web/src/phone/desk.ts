import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api, done, type Schemas } from '~/api/client'
import { useFreshOn } from '~/api/feed'
import { noteServerNow } from '~/kit/times'

export type Desk = Schemas['DeskOut']
export type DeskCall = Schemas['DeskCall']
export type DeskParty = Schemas['DeskParty']
export type DeskCard = Schemas['DeskCard']

const DESK = ['desk']
/** What the feed does not tell an operator: how colleagues are. */
const LOOK_EVERY = 15_000
/** Who speaks in a conference is no fact either. */
const WHO_TALKS_EVERY = 1_000

async function look(): Promise<Desk> {
  const desk = (await done(api.GET('/api/desk'))) as Desk
  noteServerNow(desk.now)
  return desk
}

/** One's own desk, as it is now. */
export function useDesk() {
  useFreshOn(DESK, () => true)
  const every = ({ state }: { state: { data?: Desk } }) => (state.data?.calls.some(({ together }) => together.length > 0) ? WHO_TALKS_EVERY : LOOK_EVERY)
  return useQuery({ queryKey: DESK, queryFn: look, refetchInterval: every, staleTime: 0 })
}

export function useFreshDesk(): () => void {
  const queries = useQueryClient()
  return useCallback(() => void queries.invalidateQueries({ queryKey: DESK }), [queries])
}
