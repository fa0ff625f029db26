import { useQuery } from '@tanstack/react-query'
import { api, done, type Schemas } from './client'
import { useFreshOn } from './feed'

export type Entry = Schemas['EntryOut']

const DIRECTORY = ['directory']

/** Whom one can call or send a caller to; looked at again every few seconds while it is shown. */
export function useDirectory(shown = true): readonly Entry[] {
  useFreshOn(DIRECTORY, (kept) => shown && kept.fact.kind === 'SetupPublished')
  const { data } = useQuery({
    queryKey: DIRECTORY, queryFn: () => done(api.GET('/api/directory')), refetchInterval: shown ? 4000 : false, enabled: shown,
  })
  return data ?? []
}
