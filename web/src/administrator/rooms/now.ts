import { useQuery } from '@tanstack/react-query'
import { api, done, type Schemas } from '~/api/client'
import { useFreshOn } from '~/api/feed'
import type { LampState } from '~/kit/Lamp'

export type RoomNow = Schemas['RoomNow']
const KEY = 'room now'
const TOLD = new Set(['ConferenceJoined', 'ConferenceLeft', 'RoomClosed', 'SetupPublished'])

/** Who is in a room at this moment; nothing is asked of one that is just being made. */
export function useRoomNow(room: string | undefined): RoomNow | undefined {
  const { data } = useQuery({
    queryKey: [KEY, room], queryFn: () => done(api.GET('/api/rooms/{key}/now', { params: { path: { key: room ?? '' } } })), enabled: room !== undefined, refetchInterval: 5_000,
  })
  useFreshOn([KEY], ({ fact }) => TOLD.has(fact.kind))
  return data
}

export const lampOf = ({ ringing, away, muted, speaking }: RoomNow['people'][number]): LampState =>
  ringing ? 'ringing' : away ? 'warn' : muted ? 'hold' : speaking ? 'talking' : 'off'
