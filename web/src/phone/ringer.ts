import type { SoundChoices, Tune } from './choices'

/** One stroke of a tune: hertz, and seconds from its beginning. */
type Stroke = readonly [frequency: number, at: number, lasts: number]

const BELL: readonly Stroke[] = Array.from({ length: 10 }, (_, at) => [at % 2 ? 880 : 660, at * 0.1, 0.1] as const)
const SOFT: readonly Stroke[] = [[523, 0, 0.35], [659, 0.18, 0.35], [784, 0.36, 0.6]]
const TUNES: Record<Exclude<Tune, 'silent'>, { strokes: readonly Stroke[]; every: number }> = {
  bell: { strokes: BELL, every: 3 }, soft: { strokes: SOFT, every: 2.6 },
}
const BESIDE_A_TALK = 0.15

/** Rings through a device of its own, so that it is heard in the room while the headset lies on the desk. */
export class Ringer {
  private context: AudioContext | null = null
  private output: AudioNode | null = null
  private speaker: HTMLAudioElement | null = null
  private again: ReturnType<typeof setInterval> | undefined

  /** Begin; over a talk only quietly. Calling it again changes nothing. */
  start({ tune, volume, ringer }: SoundChoices, quietly = false): void {
    if (this.again !== undefined || tune === 'silent') return
    const { strokes, every } = TUNES[tune]
    const strike = () => this.strike(strokes, quietly ? volume * BESIDE_A_TALK : volume)
    this.open(ringer)
    strike()
    this.again = setInterval(strike, every * 1000)
  }

  stop(): void {
    clearInterval(this.again)
    this.again = undefined
    this.speaker?.pause()
    void this.context?.close()
    this.context = null
    this.speaker = null
  }

  private open(device: string): void {
    this.context = new AudioContext()
    const out = this.context.createMediaStreamDestination()
    this.speaker = new Audio()
    this.speaker.srcObject = out.stream
    if (device) void setSpeaker(this.speaker, device)
    // A page that was never touched may not sound; the notification and the page itself still show the call.
    this.speaker.play().catch(() => undefined)
    this.output = out
  }

  private strike(strokes: readonly Stroke[], volume: number): void {
    const { context, output } = this
    if (context === null || output === null) return
    void context.resume()
    for (const [frequency, at, lasts] of strokes) {
      const tone = new OscillatorNode(context, { frequency })
      const loudness = new GainNode(context, { gain: 0 })
      const begins = context.currentTime + 0.02 + at
      loudness.gain.setTargetAtTime(volume * 0.5, begins, 0.005)
      loudness.gain.setTargetAtTime(0, begins + lasts * 0.5, lasts * 0.2)
      tone.connect(loudness).connect(output)
      tone.start(begins)
      tone.stop(begins + lasts * 1.6)
    }
  }
}

/** Sound by this device, where the browser can choose one; else by the system's. */
export async function setSpeaker(element: HTMLMediaElement, device: string): Promise<void> {
  if (!('setSinkId' in element)) return
  try {
    await element.setSinkId(device)
  } catch {
    await element.setSinkId('').catch(() => undefined)
  }
}
