/** How well people hear each other, from what the browser counts. */

/** Sums since the talk began, and present values; times in seconds. */
export interface Counted {
  received: number
  lost: number
  jitter: number
  /** Null until the other side has reported. */
  roundTrip: number | null
}

export interface Quality {
  /** Share of packets that did not come, lately. */
  loss: number
  jitter: number
  roundTrip: number | null
  /** What people would say: 1 (bad) to 4.4 (excellent). */
  score: number
}

export type Verdict = 'good' | 'fair' | 'poor'

const CODEC_DELAY = 0.04

/** The first figures that a report of `getStats` has of the audio; null if nothing was received yet. */
export function counted(report: Iterable<Record<string, unknown>>): Counted | null {
  let found: Counted | null = null
  let roundTrip: number | null = null
  for (const entry of report) {
    if (entry.kind !== 'audio') continue
    if (entry.type === 'inbound-rtp') {
      found = { received: Number(entry.packetsReceived ?? 0), lost: Number(entry.packetsLost ?? 0), jitter: Number(entry.jitter ?? 0), roundTrip: null }
    }
    if (entry.type === 'remote-inbound-rtp' && entry.roundTripTime !== undefined) roundTrip = Number(entry.roundTripTime)
  }
  return found && { ...found, roundTrip }
}

/** Between two counts of the same talk. */
export function qualityOf(before: Counted, now: Counted): Quality {
  const lost = Math.max(0, now.lost - before.lost)
  const expected = now.received - before.received + lost
  const loss = expected > 0 ? lost / expected : 0
  const { jitter, roundTrip } = now
  return { loss, jitter, roundTrip, score: scoreOf(loss, jitter, roundTrip ?? 0) }
}

/**
 * The E-model (ITU-T G.107) in its short form: 93.2, minus what delay costs (more beyond 177 ms), minus what loss costs,
 * turned into the scale of people. The buffer against jitter delays by about twice the jitter.
 * Source: R. Cole, J. Rosenbluth, Voice over IP Performance Monitoring, 2001.
 */
export function scoreOf(loss: number, jitter: number, roundTrip: number): number {
  const delay = (roundTrip / 2 + 2 * jitter + CODEC_DELAY) * 1000
  const late = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0)
  const r = 93.2 - late - 30 * Math.log(1 + 15 * loss)
  if (r <= 0) return 1
  return Math.min(4.5, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6)
}

/** The words of the E-model: satisfied users, some dissatisfied, many dissatisfied. */
export function verdictOf({ score }: Quality): Verdict {
  if (score >= 4.0) return 'good'
  return score >= 3.6 ? 'fair' : 'poor'
}
