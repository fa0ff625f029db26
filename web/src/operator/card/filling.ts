/** One card that is being filled in: sends what was typed, again and again until it is on disk. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { api, done, type Schemas } from '~/api/client'
import { isRefused } from '~/api/problem'
import type { FieldValue } from '~/kit/card/CardField'
import { sentenceOf } from '~/kit/refusals'
import type { Saving } from '~/kit/SavedMark'
import { answered, type Draft, draftOf, misfit, RESULT, retold, returned, sent, shownIn, toSend, type Told, typed, unsavedIn, yielded } from './draft'
import { keep, kept } from './keep'

export interface Filled {
  draft: Draft
  saving: Saving
  /** Closed: by us, by the limit, or elsewhere. */
  closed: boolean
}

const AFTER_TYPING = 400
const AGAIN_AFTER = 2000

type Record = Pick<Schemas['RecordOut'], 'values' | 'revision' | 'disposition'>

export const toldBy = ({ values, revision, disposition }: Record): Told => ({ values: { ...values, [RESULT]: disposition }, revision })

export class Filling {
  readonly state: StoreApi<Filled>
  private due: ReturnType<typeof setTimeout> | undefined
  private sending: Promise<void> | null = null

  constructor(readonly id: string, told: Told) {
    this.state = createStore<Filled>(() => ({ draft: draftOf(told, kept(id)), saving: { state: 'idle' }, closed: false }))
    if (Object.keys(toSend(this.draft)).length > 0) this.later(0)
  }

  private get draft(): Draft {
    return this.state.getState().draft
  }

  type(key: string, value: FieldValue): void {
    this.now(typed(this.draft, key, value))
    this.later(AFTER_TYPING)
  }

  yield(key: string): void {
    this.now(yielded(this.draft, key))
    this.later(0)
  }

  /** As the server tells it now. */
  retell(told: Told): void {
    this.now(retold(this.draft, told))
  }

  /** Everything on disk that can be; returns once it is, or was refused. */
  async flush(leaving = false): Promise<void> {
    clearTimeout(this.due)
    await this.sending
    if (Object.keys(toSend(this.draft)).length === 0) return
    this.sending = this.send(leaving).finally(() => void (this.sending = null))
    await this.sending
  }

  isSaved = (): boolean => Object.keys(unsavedIn(this.draft)).length === 0

  /** Throws: Refused; Unreachable; NotSaved. */
  async close(): Promise<void> {
    await this.flush()
    const { saving } = this.state.getState()
    if (saving.state === 'failed' && !this.isSaved()) throw new NotSaved(saving.why)
    const disposition = (shownIn(this.draft)[RESULT] as string | null | undefined) || null
    await done(api.POST('/api/records/{key}/close', { ...this.path, body: { disposition } }))
    this.over()
  }

  over(): void {
    clearTimeout(this.due)
    keep(this.id, {})
    this.state.setState({ closed: true })
  }

  private get path() {
    return { params: { path: { key: this.id } } }
  }

  private now(draft: Draft, saving?: Saving): void {
    keep(this.id, unsavedIn(draft))
    this.state.setState(saving ? { draft, saving } : { draft })
  }

  private later(after: number): void {
    clearTimeout(this.due)
    this.due = setTimeout(() => void this.flush(), after)
  }

  private async send(leaving: boolean): Promise<void> {
    this.now(sent(this.draft), { state: 'saving' })
    const { [RESULT]: disposition, ...fields } = this.draft.sending
    const result = disposition === undefined ? {} : { disposition: (disposition as string | null) ?? '' }
    const body = { fields, revision: this.draft.told.revision, ...result }
    try {
      const record = await done(api.PATCH('/api/records/{key}', { ...this.path, body, keepalive: leaving }))
      this.now(answered(this.draft, toldBy(record)), { state: 'saved', at: Date.now() })
      if (Object.keys(toSend(this.draft)).length > 0) this.later(AFTER_TYPING)
    } catch (why) {
      await this.failed(why)
    }
  }

  private async failed(why: unknown): Promise<void> {
    if (isRefused(why, 'card.field_misfit')) return this.misfits(why.problem)
    if (isRefused(why, 'call.not_now')) return this.over()
    this.now(returned(this.draft), { state: 'failed', why: sentenceOf(why) })
    if (isRefused(why, 'version.stale')) await this.lookAgain()
    this.later(AGAIN_AFTER)
  }

  /** The field waits for its person; the others go at once. */
  private misfits({ facts, en, ru }: Schemas['Problem']): void {
    const field = String(facts.field ?? '')
    this.now(misfit(this.draft, field, { en, ru }), { state: 'idle' })
    this.later(0)
  }

  private async lookAgain(): Promise<void> {
    const record = await done(api.GET('/api/records/{key}', this.path)).catch(() => null)
    if (record) this.now({ ...this.draft, told: toldBy(record) })
  }
}

/** Something typed is not on disk, so the card stays open. */
export class NotSaved extends Error {}
