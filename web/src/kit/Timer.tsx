import { useSyncExternalStore } from 'react'
import { asTimer, secondsSince, serverNow } from './times'

/** One tick for all timers of the page, on the full second. */
const listeners = new Set<() => void>()
let second = Math.floor(serverNow() / 1000)
let ticking: ReturnType<typeof setTimeout> | undefined

function tick(): void {
  second = Math.floor(serverNow() / 1000)
  for (const listener of listeners) listener()
  ticking = setTimeout(tick, 1000 - (serverNow() % 1000))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) tick()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearTimeout(ticking)
  }
}

/** The present second, in milliseconds of the server's clock; renders anew each second. */
export const useSecond = (): number => useSyncExternalStore(subscribe, () => second) * 1000

/** Time gone since a moment. */
export function Timer({ since, className }: { since: string; className?: string }) {
  const now = useSecond()
  return <span className={`num ${className ?? ''}`}>{asTimer(secondsSince(since, now))}</span>
}

/** Time left until a moment; zero once it has passed. */
export function Countdown({ until, className }: { until: string; className?: string }) {
  const now = useSecond()
  const left = Math.max(0, (new Date(until).getTime() - now) / 1000)
  return <span className={`num ${className ?? ''}`}>{asTimer(left)}</span>
}
