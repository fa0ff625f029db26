import { useQuery } from '@tanstack/react-query'
import { api, done } from '~/api/client'

const MOST = 8

/** Numbers that were called from outside lately, as the lines sent them; the latest first. */
export const useCalledLately = () => useQuery({
  queryKey: ['called lately'], staleTime: 60_000,
  queryFn: async () => {
    const { items } = await done(api.GET('/api/calls', { params: { query: { direction: 'inbound' } } }))
    return [...new Set(items.map(({ dialled }) => dialled).filter((dialled) => dialled !== ''))].slice(0, MOST)
  },
})
