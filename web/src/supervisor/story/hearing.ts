import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { RecordedPart } from './lanes'
import { type Hearing, Player } from './player'

/** The player of the page, with what there is to hear. */
export function usePlayer(parts: readonly RecordedPart[]): Player {
  const [player] = useState(() => new Player())
  useEffect(() => player.take(parts), [player, parts])
  useEffect(() => () => player.close(), [player])
  return player
}

export const PlayerContext = createContext<Player | null>(null)

/** A value read off what is heard; renders anew when it changes. */
export function useHearing<T>(read: (hearing: Hearing) => T): T {
  const player = useThePlayer()
  return useSyncExternalStore(player.subscribe, () => read(player.now()))
}

export function useThePlayer(): Player {
  const player = useContext(PlayerContext)
  if (player === null) throw new Error('Only the page of a story has a player.')
  return player
}
