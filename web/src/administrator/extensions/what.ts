import { type Thing, type Versioned, useThings } from '../frame/things'
import type { Target } from './targets'
import { useWords } from './words'

/** What happens to a call that is sent there, in a few words. */
export function useWhatHappens(): (target: Target) => string {
  const say = useWords()
  const { data: users = [] } = useThings('user')
  const { data: devices = [] } = useThings('device')
  const { data: queues = [] } = useThings('queue')
  const { data: groups = [] } = useThings('group')
  const { data: pagings = [] } = useThings('paging')
  const one = <T extends { id: string }>(list: readonly Versioned<T>[], key: string) => list.find(({ thing }) => thing.id === key)?.thing
  const toUser = (user: Thing<'user'> | undefined) => {
    if (!user) return say('lost')
    if (user.active === false) return say('out')
    const phones = devices.map(({ thing }) => thing).filter((device) => device.user === user.id).map(({ title, id }) => title ?? id)
    const where = [...(user.calls_in_browser === false ? [] : [say('rings_browser')]), ...phones]
    return where.length ? say('rings', { where: where.join(', ') }) : say('rings_nowhere')
  }
  return ({ kind, key }) => {
    if (key === '') return say('lost')
    if (kind === 'user') return toUser(one(users, key))
    if (kind === 'group') return say('members', { count: one(groups, key)?.members.length ?? 0 })
    if (kind === 'queue') return say('operators', { count: one(queues, key)?.operators?.length ?? 0 })
    if (kind === 'voicemail') return say('takes_message')
    if (kind === 'paging') return say('heard_by', { count: one(pagings, key)?.members.length ?? 0 })
    if (kind === 'room') return say('in_room')
    if (kind === 'mode') return say('throws')
    if (kind === 'outside') return say('calls_outside')
    if (kind === 'service') return say(key === 'pick_up' ? 'picks_up' : 'parks')
    return kind === 'scenario' ? say('runs') : say('follows', { number: key })
  }
}
