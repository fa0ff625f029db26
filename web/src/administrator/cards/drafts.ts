import { api, done, type Schemas } from '~/api/client'
import type { Card } from './card'

export type Draft = Schemas['DraftOut']
const at = (key: string) => ({ params: { path: { key } } })

/** The doors of what is being drawn. */
export const drafts = {
  /** null: nobody draws it. */
  get: (key: string): Promise<Draft | null> => done(api.GET('/api/cards/{key}/draft', at(key))),
  /** `edit`: what it grew from; null whatever there is. Throws: Refused `version.stale`. */
  save: (key: string, card: Card, edit: number | null): Promise<Draft> => done(api.PUT('/api/cards/{key}/draft', { ...at(key), body: { body: card as unknown as Record<string, never>, edit } })),
  discard: (key: string): Promise<unknown> => done(api.DELETE('/api/cards/{key}/draft', at(key))),
  check: (key: string) => done(api.POST('/api/cards/{key}/draft/check', at(key))),
  publish: (key: string) => done(api.POST('/api/cards/{key}/draft/publish', at(key))),
}
