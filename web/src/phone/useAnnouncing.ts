import { useEffect } from 'react'
import { asPhone } from '~/kit/numbers'
import { useSound } from './choices'
import { ringingOf, usePhone } from './phone'
import type { PhoneCall } from './talk'
import { say } from './words'

/** Who calls, as one line. */
export const callerLine = ({ number, name }: Pick<PhoneCall, 'number' | 'name'>): string =>
  [name, number ? asPhone(number) : say('unknown_number')].filter(Boolean).join(' · ')

/** A call is told where the page is not looked at: in the tab's title, and by the system if so wished. */
export function useAnnouncing(): void {
  const ringing = usePhone(({ calls }) => ringingOf(calls))
  const notify = useSound((sound) => sound.notify)
  const id = ringing?.id
  const who = ringing ? callerLine(ringing) : ''
  useEffect(() => {
    if (id === undefined) return
    const before = document.title
    document.title = `☎ ${who}`
    const note = notify && !document.hasFocus() ? notified(who, id) : null
    return () => {
      document.title = before
      note?.close()
    }
  }, [id, who, notify])
}

function notified(who: string, id: string): Notification {
  const note = new Notification(say('incoming'), { body: who, tag: id, requireInteraction: true, icon: '/icon.svg' })
  note.onclick = () => window.focus()
  return note
}
