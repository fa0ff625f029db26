import type { RecordedPart } from './lanes'

/** What is heard of a call: its recordings one after the other, on the clock of the call. */
export interface Hearing {
  /** Seconds from the beginning of the call. */
  position: number
  playing: boolean
  rate: number
  failed: boolean
}

export const RATES = [1, 1.5, 2] as const

const soundOf = (recording: string): string => `/api/recordings/${encodeURIComponent(recording)}/sound`
type Kept = RecordedPart & { lasts: number }
const isKept = (part: RecordedPart): part is Kept => part.lasts !== null && !part.failed

/** One player for all recordings of a call. Nothing is fetched before somebody wants to hear it: each listening is noted. */
export class Player {
  private hearing: Hearing = { position: 0, playing: false, rate: 1, failed: false }
  private readonly listeners = new Set<() => void>()
  private readonly audio = new Audio()
  private parts: Kept[] = []
  private loaded: string | null = null
  private frame = 0

  constructor() {
    this.audio.preload = 'auto'
    this.audio.onended = () => this.partOver()
    this.audio.onerror = () => this.set({ playing: false, failed: this.loaded !== null })
    this.audio.onpause = () => this.stopped()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  readonly now = (): Hearing => this.hearing

  take(parts: readonly RecordedPart[]): void {
    this.parts = parts.filter(isKept)
  }

  toggle(): void {
    if (this.hearing.playing) this.audio.pause()
    else this.play(this.hearing.position)
  }

  /** Put the head there; what plays goes on from there. */
  seek(position: number): void {
    this.set({ position: Math.max(0, position) })
    if (this.hearing.playing) this.play(position)
    else if (this.partAt(position)?.recording === this.loaded) this.audio.currentTime = position - (this.partAt(position)?.from ?? 0)
  }

  rate(rate: number): void {
    this.audio.playbackRate = rate
    this.set({ rate })
  }

  close(): void {
    cancelAnimationFrame(this.frame)
    this.loaded = null
    this.audio.pause()
    this.audio.removeAttribute('src')
    this.listeners.clear()
  }

  private partAt(position: number): Kept | undefined {
    return this.parts.find(({ from, lasts }) => position >= from && position < from + lasts)
  }

  /** From this second on; where nothing was recorded, from the next second that was, else from the beginning. */
  private play(position: number): void {
    const part = this.partAt(position) ?? this.parts.find(({ from }) => from > position) ?? this.parts[0]
    if (part === undefined) return
    const within = Math.max(0, position - part.from)
    this.begin(part, within < part.lasts ? within : 0)
  }

  private begin(part: Kept, within: number): void {
    if (this.loaded !== part.recording) {
      this.loaded = part.recording
      this.audio.src = soundOf(part.recording)
    }
    this.audio.currentTime = within
    this.audio.playbackRate = this.hearing.rate
    this.set({ position: part.from + within, playing: true, failed: false })
    this.audio.play().then(() => this.follow(), () => this.set({ playing: false }))
  }

  private follow(): void {
    cancelAnimationFrame(this.frame)
    const part = this.parts.find(({ recording }) => recording === this.loaded)
    if (this.audio.paused || part === undefined) return
    this.set({ position: part.from + this.audio.currentTime })
    this.frame = requestAnimationFrame(() => this.follow())
  }

  private partOver(): void {
    const at = this.parts.findIndex(({ recording }) => recording === this.loaded)
    const next = this.parts[at + 1]
    if (next) this.begin(next, 0)
    else this.set({ playing: false })
  }

  private stopped(): void {
    cancelAnimationFrame(this.frame)
    if (!this.audio.ended) this.set({ playing: false })
  }

  private set(changed: Partial<Hearing>): void {
    this.hearing = { ...this.hearing, ...changed }
    for (const listener of this.listeners) listener()
  }
}
