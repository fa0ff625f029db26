/** What was typed and is not on disk yet is kept in this browser: neither a reload nor a crash loses it. */
import type { Values } from '~/kit/card/CardForm'

const NAME = 'switchroom.typed.'
const FORGOTTEN_AFTER = 7 * 24 * 3600_000

interface Kept {
  at: number
  typed: Values
}

export function keep(record: string, typed: Values): void {
  if (Object.keys(typed).length === 0) localStorage.removeItem(NAME + record)
  else localStorage.setItem(NAME + record, JSON.stringify({ at: Date.now(), typed } satisfies Kept))
}

export function kept(record: string): Values {
  return read(NAME + record)?.typed ?? {}
}

/** Of cards that were closed otherwise nothing stays behind for ever. */
export function forgetOld(now: number = Date.now()): void {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(NAME) && now - (read(name)?.at ?? 0) > FORGOTTEN_AFTER) localStorage.removeItem(name)
  }
}

function read(name: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as Kept | null
  } catch {
    return null
  }
}
