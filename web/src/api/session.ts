import { useQuery, useQueryClient } from '@tanstack/react-query'
import { suggestLanguage } from '~/kit/words'
import { api, done, type Schemas, setCsrf } from './client'
import { isRefused } from './problem'

export type WhoAmI = Schemas['WhoAmI']
export type Right = Schemas['Right']

const SESSION = ['session']

function taken(who: WhoAmI): WhoAmI {
  setCsrf(who.csrf ?? null)
  suggestLanguage(who.language)
  return who
}

async function whoAmI(): Promise<WhoAmI | null> {
  try {
    return taken(await done(api.GET('/api/session')))
  } catch (why) {
    if (isRefused(why) && why.status === 401) return null
    throw why
  }
}

/** Who is signed in here; null if nobody is. */
export const useSession = () => useQuery({ queryKey: SESSION, queryFn: whoAmI, staleTime: Infinity })

/** Who is signed in, on pages that only such people see. */
export function useMe(): WhoAmI {
  const { data } = useSession()
  if (!data) throw new Error('This page is for people who have signed in.')
  return data
}

export const may = (me: WhoAmI, right: Right): boolean => me.rights.includes(right)

export function useSigning() {
  const queries = useQueryClient()
  return {
    begun: (who: WhoAmI) => {
      queries.clear()
      queries.setQueryData(SESSION, taken(who))
    },
    lost: () => queries.setQueryData(SESSION, null),
    signOut: async () => {
      await done(api.DELETE('/api/session'))
      queries.clear()
      queries.setQueryData(SESSION, null)
    },
  }
}
