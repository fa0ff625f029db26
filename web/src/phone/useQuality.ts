import { useEffect, useState } from 'react'
import { type Counted, counted, type Quality, qualityOf } from './quality'
import { statisticsOf } from './phone'

const EVERY = 2000
/** Figures are of the last ten seconds. */
const WINDOW = 5

/** How well this call is heard, lately; null until there is something to count. */
export function useQuality(id: string): Quality | null {
  const [quality, setQuality] = useState<Quality | null>(null)
  useEffect(() => {
    const counts: Counted[] = []
    const look = async () => {
      const now = counted((await statisticsOf(id))?.values() ?? [])
      if (now === null) return
      counts.push(now)
      if (counts.length > WINDOW + 1) counts.shift()
      if (counts.length > 1) setQuality(qualityOf(counts[0] as Counted, now))
    }
    const looking = setInterval(() => void look(), EVERY)
    return () => clearInterval(looking)
  }, [id])
  return quality
}
