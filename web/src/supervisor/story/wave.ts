import type { Schemas } from '~/api/client'

export type Peaks = Schemas['PeaksOut']

/** A recording's wave form, where it stands in the call. */
export interface Wave {
  from: number
  peaks: Peaks
}

/** What a sound is drawn against: the loudest of all, but a whisper is not blown up to a shout. */
export const loudestOf = (waves: readonly Wave[]): number =>
  Math.max(48, ...waves.flatMap(({ peaks }) => [...peaks.left, ...peaks.right]))

/** The loudest in a stretch of a call, 0 to 255; null where nothing was recorded. */
export function peakIn(waves: readonly Wave[], channel: 'left' | 'right', from: number, to: number): number | null {
  for (const wave of waves) {
    const points = wave.peaks[channel]
    const scale = points.length / wave.peaks.seconds
    const first = Math.floor((from - wave.from) * scale)
    const last = Math.max(first + 1, Math.ceil((to - wave.from) * scale))
    if (last <= 0 || first >= points.length) continue
    let most = 0
    for (let at = Math.max(0, first); at < Math.min(points.length, last); at += 1) most = Math.max(most, points[at] ?? 0)
    return most
  }
  return null
}
