import type { Socket } from 'jssip/lib/Socket'

/** What the house gives the page to sign in with. */
export interface Account {
  device: string
  uri: string
  password: string
  path: string
  number: string
}

export interface Wire {
  /** Asked before each connection: the house forgets its passwords when it starts again. Throws: Refused; Unreachable. */
  account: () => Promise<Account>
  /** Before the connection opens. */
  known: (account: Account) => void
  refused: (why: unknown) => void
  /** With the code of the WebSocket. */
  closed: (code: number) => void
}

const NOT_OPENED = 1006

/** The page's way to the switch: our own guarded WebSocket, whose closing codes say why. */
export class LineSocket implements Socket {
  readonly url: string
  readonly sip_uri = `sip:${location.host};transport=ws`
  via_transport = location.protocol === 'https:' ? 'WSS' : 'WS'
  onconnect = (): void => {}
  ondisconnect = (_error: boolean, _code?: number): void => {}
  ondata = (_message: unknown): void => {}
  private socket: WebSocket | null = null
  private attempt = 0

  constructor(path: string, page: string, private readonly wire: Wire) {
    this.url = `${location.origin.replace(/^http/, 'ws')}${path}?page=${page}`
  }

  connect(): void {
    void this.open((this.attempt += 1))
  }

  private async open(attempt: number): Promise<void> {
    try {
      this.wire.known(await this.wire.account())
    } catch (why) {
      this.wire.refused(why)
      if (attempt === this.attempt) this.gone(NOT_OPENED)
      return
    }
    if (attempt === this.attempt) this.dial()
  }

  private dial(): void {
    const socket = new WebSocket(this.url, 'sip')
    this.socket = socket
    socket.onopen = () => this.onconnect()
    socket.onmessage = ({ data }) => this.ondata(data)
    socket.onclose = ({ code }) => this.gone(code)
  }

  private gone(code: number): void {
    this.socket = null
    this.wire.closed(code)
    this.ondisconnect(true, code)
  }

  disconnect(): void {
    this.attempt += 1
    if (this.socket !== null) {
      this.socket.onopen = this.socket.onmessage = this.socket.onclose = null
      this.socket.close()
      this.socket = null
    }
  }

  send(message: string | ArrayBufferLike | Blob | ArrayBufferView): boolean {
    if (!this.isConnected()) return false
    this.socket?.send(message as string)
    return true
  }

  isConnected = (): boolean => this.socket?.readyState === WebSocket.OPEN
  isConnecting = (): boolean => this.socket?.readyState === WebSocket.CONNECTING
}
