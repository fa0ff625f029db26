import { useQuery } from '@tanstack/react-query'
import { api, done, type Schemas } from '~/api/client'

export type Demo = Schemas['DemoOut']

/** The demo's doings; nothing where this is somebody's real house. */
export function useDemo(): Demo | null {
  const { data } = useQuery({
    queryKey: ['demo'], queryFn: () => done(api.GET('/api/demo')), staleTime: 1000,
    refetchInterval: ({ state }) => (state.data?.crowds?.some(({ calling }) => calling > 0) ? 2000 : false),
  })
  return data?.on ? data : null
}
