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

/** What one person was told is not shown to the next. The session itself is watched by the gate, so it is only changed. */
export function useSigning() {
  const queries = useQueryClient()
  const now = (who: WhoAmI | null) => {
    queries.setQueryData(SESSION, who)
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] })
  }
  return {
    begun: (who: WhoAmI) => now(taken(who)),
    lost: () => now(null),
    signOut: async () => {
      await done(api.DELETE('/api/session'))
      now(null)
    },
  }
}
