import type { Entry } from '~/api/directory'
import type { LampState } from './Lamp'
import { asTimer, secondsSince } from './times'
import { useSecond } from './Timer'
import { useWords } from './words.kit'

type Presence = NonNullable<Entry['presence']>

const LAMP: Record<Presence, LampState> = {
  free: 'ready', ringing: 'ringing', talking: 'talking', wrap_up: 'wrap_up', break: 'away', away: 'off',
}

/** The lamp of a number: of a person by what they do, of a queue by whether somebody is free in it. */
export function entryLamp({ presence, ready, call, kind, inside }: Entry): LampState {
  if (kind === 'room') return inside ? 'talking' : 'ready'
  if (call && !presence) return 'hold'
  if (presence) return LAMP[presence]
  if (ready === null || ready === undefined) return 'ready'
  return ready > 0 ? 'ready' : 'warn'
}

/** What a colleague does, or how a queue stands, in two or three words. */
export function EntryState({ entry }: { entry: Entry }) {
  const say = useWords()
  const now = useSecond()
  const { presence, since, ready, longest_since, kind, call, who } = entry
  const lasting = (moment: string) => asTimer(secondsSince(moment, now))
  if (kind === 'service') return call ? say('parked', { who: who?.name || who?.number || '', time: longest_since ? lasting(longest_since) : '' }) : say('place_free')
  if (kind === 'room') return entry.inside ? say('room_inside', { count: entry.inside }) : say('room_empty')
  if (presence) {
    const timed = since && (presence === 'talking' || presence === 'break')
    return timed ? `${say(`presence_${presence}`)} ${lasting(since)}` : say(`presence_${presence}`)
  }
  if (kind === 'paging') return say('heard_at_once')
  if (longest_since) return say('queue_wait', { time: lasting(longest_since) })
  if (ready === null || ready === undefined) return entry.number
  return ready === 0 ? say('queue_none') : say('queue_ready', { count: ready })
}
