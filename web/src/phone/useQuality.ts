import { useEffect, useRef, useState } from 'react'
import { api } from '~/api/client'
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

const FIRST_TOLD_AFTER = 5000
const TOLD_EVERY = 10_000

/** Tells the house how well this call is heard here; its last word is kept with the call. */
export function useQualityTold(id: string, call: string): void {
  const quality = useQuality(id)
  const latest = useRef(quality)
  latest.current = quality
  useEffect(() => {
    const tell = () => void (latest.current && send(call, latest.current))
    const first = setTimeout(tell, FIRST_TOLD_AFTER)
    const again = setInterval(tell, TOLD_EVERY)
    return () => {
      clearTimeout(first)
      clearInterval(again)
    }
  }, [call])
}

/** A word that is lost is followed by the next one. */
async function send(call: string, { loss, jitter, roundTrip }: Quality): Promise<void> {
  const body = { call, loss, jitter_ms: jitter * 1000, round_trip_ms: roundTrip === null ? null : roundTrip * 1000 }
  await api.POST('/api/phone/quality', { body }).catch(() => undefined)
}
