import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api, done, type Schemas } from '~/api/client'
import { useFreshOn } from '~/api/feed'
import type { LampState } from '~/kit/Lamp'

export type TrunkNow = Schemas['TrunkLive']
const KEY = ['trunks now']

/** How each line is at this moment. */
export function useTrunksNow(): (trunk: string) => TrunkNow | undefined {
  const { data } = useQuery({ queryKey: KEY, queryFn: async () => (await done(api.GET('/api/trunks/live'))).trunks, refetchInterval: 5_000 })
  useFreshOn(KEY, ({ fact }) => fact.kind === 'TrunkReached' || fact.kind === 'TrunkLost' || fact.kind === 'SetupPublished')
  return useCallback((trunk) => data?.find((now) => now.trunk === trunk), [data])
}

export const lampOf = (now: TrunkNow | undefined): LampState => (now?.up == null ? 'off' : now.up ? 'ready' : 'bad')
