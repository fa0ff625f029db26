import { api, done } from '~/api/client'
import { tellRefusal } from '~/kit/refusals'
import { useFreshDesk } from '~/phone/desk'

/** A person's wishes about their own work. */
export function useWork(user: string) {
  const fresh = useFreshDesk()
  const params = { params: { path: { key: user } } }
  const wished = (answer: Promise<unknown>) => void answer.then(fresh, tellRefusal)
  return {
    begin: () => wished(done(api.POST('/api/operators/{key}/sign-in', params))),
    end: () => wished(done(api.POST('/api/operators/{key}/sign-out', params))),
    ready: () => wished(done(api.POST('/api/operators/{key}/ready', params))),
    rest: (kind: string) => wished(done(api.POST('/api/operators/{key}/break', { ...params, body: { kind } }))),
  }
}

export type Work = ReturnType<typeof useWork>
