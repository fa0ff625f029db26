import type { Schemas } from '~/api/client'
import { asPhone } from '~/kit/numbers'
import { inQuotes } from '~/kit/words'
import type { Naming } from '../changes/values'
import type { Kind } from '../frame/things'
import { say } from '../frame/words.frame'
import { say as words } from './words'

export type Target = Schemas['Target']

/** Where something leads, as people say it: `queue Service`. */
export const targetWords = (target: Target, naming: Naming): string =>
  target.kind === 'service' ? words(`service_${target.key as 'parking'}`) : target.kind === 'user' ? naming('user', target.key) : target.kind === 'voicemail' ? words('voicemail_of', { user: naming('user', target.key) }) : `${kindWord(target.kind)} ${quoted(target, naming)}`

/** A kind beside others, or before a name: a room of conferences is simply a room there. */
export const kindWord = (kind: Exclude<Target['kind'], 'voicemail'>): string => (kind === 'room' ? words('short_room') : say(`kind_${kind}`))

const quoted = ({ kind, key }: Target, naming: Naming): string => (kind === 'extension' ? key : kind === 'outside' ? asPhone(key) : inQuotes(naming(kind as Kind, key)))
