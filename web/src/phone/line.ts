import { UA } from 'jssip'
import type { IncomingRTCSessionEvent, RTCSessionEvent } from 'jssip/lib/UA'
import { type Account, LineSocket, type Wire } from './socket'
import { Talk } from './talk'

export interface LineEvents {
  registered: () => void
  /** With the closing code of our WebSocket. */
  lost: (code: number) => void
  /** No account, or the house can't be reached. */
  refused: (why: unknown) => void
  rung: (talk: Talk) => void
  changed: () => void
  ended: (talk: Talk) => void
}

const ASK_AGAIN_AFTER = 1000

/** The phone of this page, signed in to the switch; comes back by itself until it is stopped. */
export class Line {
  private readonly ua: UA
  private readonly talks = new Set<Talk>()
  private connections = 0
  private registered = 0
  private again: ReturnType<typeof setTimeout> | undefined

  constructor(account: Account, page: string, ask: Wire['account'], private readonly events: LineEvents) {
    const socket = new LineSocket(account.path, page, {
      account: ask, known: ({ password }) => this.ua.set('password', password), refused: events.refused, closed: events.lost,
    })
    this.ua = new UA({
      sockets: [socket], uri: account.uri, authorization_user: account.device, password: account.password, register: true,
      register_expires: 60, session_timers: false, connection_recovery_min_interval: 1, connection_recovery_max_interval: 3,
      user_agent: 'Switchroom',
    })
    this.ua.on('connected', () => void (this.connections += 1))
    this.ua.on('registered', () => this.signedIn())
    this.ua.on('registrationFailed', () => this.tryAgain())
    this.ua.on('newRTCSession', (event: RTCSessionEvent) => this.rung(event))
  }

  start = (): void => this.ua.start()

  /** Tells the switch so: it waits for this person's next page, not for a time-out. */
  stop(): void {
    clearTimeout(this.again)
    this.ua.stop()
  }

  private signedIn(): void {
    const moved = this.registered !== this.connections
    this.registered = this.connections
    this.events.registered()
    if (moved) for (const talk of this.talks) talk.renegotiate()
  }

  /** The library gives up after a refusal; the switch may only have been starting. */
  private tryAgain(): void {
    clearTimeout(this.again)
    this.again = setTimeout(() => this.ua.isConnected() && this.ua.register(), ASK_AGAIN_AFTER)
  }

  /** Calls only come to a page; its own begin by the house ringing it. */
  private rung(event: RTCSessionEvent): void {
    if (String(event.originator) !== 'remote') return
    const talk = new Talk(event as IncomingRTCSessionEvent, this.events.changed, (over) => {
      this.talks.delete(over)
      this.events.ended(over)
    })
    this.talks.add(talk)
    this.events.rung(talk)
  }
}
