import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api, done, type Schemas } from '~/api/client'
import { useFreshOn } from '~/api/feed'
import type { LampState } from '~/kit/Lamp'

export type DeviceNow = Schemas['DeviceLive']
const KEY = ['devices now']

/** How each phone is at this moment. */
export function useDevicesNow(): (device: string) => DeviceNow | undefined {
  const { data } = useQuery({ queryKey: KEY, queryFn: () => done(api.GET('/api/devices/live')), refetchInterval: 5_000 })
  useFreshOn(KEY, ({ fact }) => fact.kind === 'DeviceConnected' || fact.kind === 'DeviceLost' || fact.kind === 'SetupPublished')
  return useCallback((device) => (data?.switch_up ? data.devices.find((now) => now.device === device) : undefined), [data])
}

export const lampOf = (now: DeviceNow | undefined): LampState => (!now ? 'off' : now.reachable ? 'ready' : now.has_password ? 'away' : 'warn')
