import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { api, done, type Schemas } from '~/api/client'
import { inLanguage, useLanguage } from '~/kit/words'
import { useNaming } from '../changes/Changes'
import { targetWords } from '../extensions/targets'
import type { Naming } from '../changes/values'
import { testKey, type Thing } from '../frame/things'

type Said = Schemas['Words'] | undefined

/** What a route takes and where it leads, in one line: the server says it, as everywhere. */
export function useSummary(): (route: Thing<'route'>) => string {
  const naming = useNaming()
  const language = useLanguage()
  const { data } = useQuery({ queryKey: testKey('routes said'), queryFn: () => done(api.GET('/api/routes/-/said')), placeholderData: keepPreviousData })
  const said = useMemo(() => new Map(data?.map((one) => [one.route, one.said])), [data])
  return useCallback((route) => sentence(said.get(route.id), route, naming), [said, naming, language])
}

/** The same of a route that is being drawn. What does not fit yet is said as it was before. */
export function useDraftSummary(route: Thing<'route'>): string {
  const naming = useNaming()
  useLanguage()
  const [asked] = useDebouncedValue(route, 200)
  const body = { ...asked, title: asked.title || '…', target: { kind: 'queue', key: '' } as const }
  const { data } = useQuery({ queryKey: testKey('route said', body), queryFn: () => done(api.POST('/api/routes/-/said', { body })), placeholderData: keepPreviousData, retry: false })
  return sentence(data?.said, route, naming)
}

function sentence(said: Said, { target }: Thing<'route'>, naming: Naming): string {
  const words = said === undefined ? '…' : inLanguage(said)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} → ${target.key === '' ? '…' : targetWords(target, naming)}`
}
