/**
 * Which tab of this browser is the phone. The first one stays it, so that a second tab costs the customer nothing; when
 * it goes, or hangs, or a person says so, the next one becomes it.
 */
const NAME = 'switchroom.phone'
const ANSWERS_WITHIN = 1500

export interface TurnEvents {
  ours: () => void
  /** Another tab is the phone. */
  theirs: () => void
}

export class Turn {
  private readonly channel = new BroadcastChannel(NAME)
  private holding: (() => void) | null = null
  private queued = new AbortController()
  private alive = true
  private pinged: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly events: TurnEvents) {
    this.channel.onmessage = ({ data }) => this.heard(data as string)
    this.queue()
    void this.askAround()
  }

  /** Become the phone now. */
  take(): void {
    this.queued.abort()
    void this.request({ steal: true })
  }

  leave(): void {
    this.alive = false
    clearTimeout(this.pinged)
    this.queued.abort()
    this.channel.close()
    this.holding?.()
  }

  private queue(): void {
    this.queued = new AbortController()
    void this.request({ signal: this.queued.signal })
  }

  /** A tab that hangs does not answer. */
  private async askAround(): Promise<void> {
    const { held } = await navigator.locks.query()
    if (this.holding !== null || !this.alive || !held?.some(({ name }) => name === NAME)) return
    this.events.theirs()
    this.channel.postMessage('phone?')
    this.pinged = setTimeout(() => this.take(), ANSWERS_WITHIN)
  }

  private heard(said: string): void {
    if (said === 'phone?' && this.holding !== null) this.channel.postMessage('here')
    if (said === 'here') clearTimeout(this.pinged)
  }

  private async request(options: LockOptions): Promise<void> {
    try {
      await navigator.locks.request(NAME, options, () => this.hold())
    } catch {
      // Taken away by another tab, or given up for a stronger wish of our own.
      if (this.holding !== null && this.alive) this.stolen()
    }
  }

  private hold(): Promise<void> {
    if (!this.alive) return Promise.resolve()
    clearTimeout(this.pinged)
    this.events.ours()
    return new Promise((done) => void (this.holding = done))
  }

  private stolen(): void {
    this.holding = null
    this.events.theirs()
    this.queue()
  }
}
