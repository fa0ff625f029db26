/** The phone of this page: what pages show of it, and what they may ask of it. */
import { create } from 'zustand'
import { api, done } from '~/api/client'
import { isRefused } from '~/api/problem'
import { useSound } from './choices'
import type { Line, LineEvents } from './line'
import type { PhoneCall, Talk } from './talk'
import { Turn } from './tabs'

export type LineState =
  | { is: 'off' }
  | { is: 'connecting' }
  | { is: 'ready' }
  /** By this machine's clock. */
  | { is: 'lost'; since: number }
  /** Another tab of this browser, or another browser of the same person, is the phone. */
  | { is: 'elsewhere'; where: 'tab' | 'browser' }
  /** No page can be a phone here: the browser gives no microphone to a page without https. */
  | { is: 'insecure' }
  | { is: 'refused'; why: unknown }

interface PhoneState {
  line: LineState
  /** The person's own extension; empty if there is none. */
  number: string
  calls: readonly PhoneCall[]
}

export const usePhone = create<PhoneState>(() => ({ line: { is: 'off' }, number: '', calls: [] }))

const OTHER_PAGE = 4409
const NOT_ALLOWED = 4401
const ASK_AGAIN_AFTER = 2000

/** A name that no other page has: a page that lost the phone gets it back only under a new one. */
const aPage = (): string => Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('')

const account = () => done(api.GET('/api/phone'))

class Phone {
  private turn: Turn | null = null
  private line: Line | null = null
  private talks: Talk[] = []
  private again: ReturnType<typeof setTimeout> | undefined

  open(): void {
    if (!window.isSecureContext || !navigator.mediaDevices) return usePhone.setState({ line: { is: 'insecure' } })
    this.turn = new Turn({ ours: () => void this.begin(), theirs: () => this.end({ is: 'elsewhere', where: 'tab' }) })
  }

  close(): void {
    this.turn?.leave()
    this.turn = null
    this.end({ is: 'off' })
  }

  takeOver(): void {
    const { line } = usePhone.getState()
    if (line.is === 'elsewhere' && line.where === 'tab') this.turn?.take()
    else void this.begin()
  }

  talk(id: string): Talk | undefined {
    return this.talks.find(({ shown }) => shown.id === id)
  }

  private end(line: LineState): void {
    clearTimeout(this.again)
    this.line?.stop()
    this.line = null
    this.talks = []
    usePhone.setState({ line, calls: [] })
  }

  private async begin(): Promise<void> {
    this.end({ is: 'connecting' })
    const turn = this.turn
    try {
      const [known, { Line }] = await Promise.all([account(), import('./line')])
      if (turn !== this.turn || this.line !== null || usePhone.getState().line.is !== 'connecting') return
      usePhone.setState({ number: known.number })
      const line: Line = new Line(known, aPage(), account, this.heardOn(() => this.line === line))
      this.line = line
      line.start()
    } catch (why) {
      if (turn === this.turn) this.refused(why)
    }
  }

  /** What a line that was left tells no longer matters. */
  private heardOn(present: () => boolean): LineEvents {
    const only = <A extends unknown[]>(act: (...told: A) => void) => (...told: A) => void (present() && act(...told))
    return {
      registered: only(() => usePhone.setState({ line: { is: 'ready' } })), lost: only((code) => this.lost(code)),
      refused: only((why) => this.refused(why)), rung: only((talk) => this.rung(talk)), changed: only(() => this.show()),
      ended: only((talk) => this.over(talk)),
    }
  }

  /** The house says no, or can't be reached: then it is asked again. */
  private refused(why: unknown): void {
    if (isRefused(why)) return this.end({ is: 'refused', why })
    this.lost(0)
    if (this.line === null) this.again = setTimeout(() => void this.begin(), ASK_AGAIN_AFTER)
  }

  private lost(code: number): void {
    if (code === OTHER_PAGE) return this.end({ is: 'elsewhere', where: 'browser' })
    if (code === NOT_ALLOWED) return this.end({ is: 'off' })
    const { line } = usePhone.getState()
    if (line.is !== 'lost') usePhone.setState({ line: { is: 'lost', since: Date.now() } })
  }

  private rung(talk: Talk): void {
    this.talks.push(talk)
    this.show()
    if (talk.shown.auto) void talk.answer(useSound.getState().microphone)
  }

  private over(talk: Talk): void {
    this.talks = this.talks.filter((other) => other !== talk)
    this.show()
  }

  private show(): void {
    usePhone.setState({ calls: this.talks.map(({ shown }) => shown) })
  }
}

const phone = new Phone()

export const openPhone = (): void => phone.open()
export const closePhone = (): void => phone.close()
/** Become the phone on this page, wherever it is now. */
export const takePhoneOver = (): void => phone.takeOver()
export const answer = (id: string): void => void phone.talk(id)?.answer(useSound.getState().microphone)
export const mute = (id: string, muted: boolean): void => phone.talk(id)?.mute(muted)
export const speakThrough = (id: string, device: string): void => void phone.talk(id)?.speakThrough(device)
export const statisticsOf = (id: string): Promise<RTCStatsReport> | null => phone.talk(id)?.statistics() ?? null

/** The call that is talked in now: the newest one that was answered. */
export const talkingIn = (calls: readonly PhoneCall[]): PhoneCall | undefined => calls.findLast(({ state }) => state !== 'ringing')

/** A call that wants to be answered. */
export const ringingOf = (calls: readonly PhoneCall[]): PhoneCall | undefined => calls.find(({ state, auto }) => state === 'ringing' && !auto)
