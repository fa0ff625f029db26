import type { IncomingRTCSessionEvent } from 'jssip/lib/UA'
import type { RTCSession } from 'jssip/lib/RTCSession'
import { announced } from './header'
import { askFor, closeMicrophone, type Microphone, type MicrophoneTrouble, openMicrophone, troubleOf } from './microphone'

export type TalkState = 'ringing' | 'answering' | 'talking'

/** One call at this page, as pages show it. */
export interface PhoneCall {
  /** Of the SIP session; a call that was lost and comes back is a new session. */
  id: string
  /** Key of the call in the house; null for a call that the house did not announce. */
  call: string | null
  number: string
  name: string
  auto: boolean
  state: TalkState
  /** By this machine's clock, of the state. */
  since: number
  muted: boolean
  trouble: MicrophoneTrouble | null
  /** What the other side says, once it comes. */
  heard: MediaStream | null
  /** What this person says. */
  said: MediaStream | null
}

const CANDIDATES_WITHIN = 150

/** One SIP session of the page, from its ringing to its end. It is answered here; everything else is asked of the house. */
export class Talk {
  private readonly session: RTCSession
  private microphone: Microphone | null = null
  shown: PhoneCall

  constructor({ session, request }: IncomingRTCSessionEvent, private readonly changed: () => void, ended: (talk: Talk) => void) {
    this.session = session
    const { call, auto } = announced(request.getHeader('X-Switchroom'))
    const { user } = request.from.uri as { user?: string }
    this.shown = {
      id: session.id, call, auto, number: user ?? '', name: request.from.display_name ?? '', state: 'ringing',
      since: Date.now(), muted: false, trouble: null, heard: null, said: null,
    }
    const over = () => {
      if (this.microphone) closeMicrophone(this.microphone)
      ended(this)
    }
    session.on('ended', over)
    session.on('failed', over)
    session.on('confirmed', () => this.now({ state: 'talking', since: Date.now() }))
    session.on('peerconnection', ({ peerconnection }) => this.listen(peerconnection))
    this.hurry()
  }

  /** Addresses of one machine come at once; waiting for the end of the search would cost seconds. */
  private hurry(): void {
    let due: ReturnType<typeof setTimeout> | undefined
    this.session.on('icecandidate', ({ ready }) => {
      clearTimeout(due)
      due = setTimeout(ready, CANDIDATES_WITHIN)
    })
  }

  private listen(connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ streams, track }) => this.now({ heard: streams[0] ?? new MediaStream([track]) }))
  }

  private now(change: Partial<PhoneCall>): void {
    this.shown = { ...this.shown, ...change }
    this.changed()
  }

  /** The only act by SIP. Without a microphone it is answered all the same: the customer is heard. */
  async answer(device: string): Promise<void> {
    if (this.shown.state !== 'ringing') return
    this.now({ state: 'answering' })
    this.microphone = await openMicrophone(device)
    if (this.session.isEnded()) return closeMicrophone(this.microphone)
    this.watch(this.microphone.stream)
    this.now({ trouble: this.microphone.trouble, said: this.microphone.stream })
    this.session.answer({ mediaStream: this.microphone.stream, pcConfig: { iceServers: [], bundlePolicy: 'max-bundle' } })
  }

  mute(muted: boolean): void {
    if (muted) this.session.mute({ audio: true })
    else this.session.unmute({ audio: true })
    this.now({ muted })
  }

  /** Go on with another microphone, or try the same one again. */
  async speakThrough(device: string): Promise<void> {
    const [sender] = this.session.connection?.getSenders() ?? []
    if (this.microphone === null || sender === undefined) return
    try {
      const stream = await askFor(device)
      const [track] = stream.getAudioTracks()
      if (track === undefined || this.session.isEnded()) return closeMicrophone({ stream, trouble: null })
      track.enabled = !this.shown.muted
      await sender.replaceTrack(track)
      closeMicrophone(this.microphone)
      this.microphone = { stream, trouble: null }
      this.watch(stream)
      this.now({ trouble: null, said: stream })
    } catch (why) {
      this.now({ trouble: troubleOf(why) })
    }
  }

  /** A headset that is pulled out ends its track: the next best microphone takes its place. */
  private watch(stream: MediaStream): void {
    stream.getAudioTracks()[0]?.addEventListener('ended', () => void this.speakThrough(''))
  }

  /** After the wire was away: tell the switch where this page is now. */
  renegotiate(): void {
    if (this.session.isEstablished()) this.session.renegotiate()
  }

  statistics(): Promise<RTCStatsReport> | null {
    return this.session.connection?.getStats() ?? null
  }
}
