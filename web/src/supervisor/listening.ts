import { useMutation } from '@tanstack/react-query'
import { api, done } from '~/api/client'
import { tell, tellRefusal } from '~/kit/refusals'
import { say } from './words'

/** Hear a talk that goes on: one's own phone is rung, and the page takes it by itself. */
export function useListening() {
  const asked = useMutation({
    mutationFn: (call: string) => done(api.POST('/api/calls/{key}/listen', { params: { path: { key: call } }, body: {} })),
    onSuccess: () => tell(say('listening')),
    onError: tellRefusal,
  })
  return { ...asked, listen: asked.mutate }
}
