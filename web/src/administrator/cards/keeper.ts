import { isRefused } from '~/api/problem'
import { same } from '../frame/differences'
import { type Faults, byField, NO_FAULTS } from '../frame/faults'
import type { Saving } from '~/kit/SavedMark'
import { sentenceOf } from '~/kit/refusals'
import type { Card } from './card'
import type { Draft, drafts } from './drafts'

/** What the form shows of its draft. */
export interface Kept {
  /** What lies on disk; null: no draft. */
  draft: Draft | null
  saving: Saving
  faults: Faults
  /** Somebody else saved the draft meanwhile: ours is not kept any more until it is decided whose it is. */
  rival: boolean
}
export const NOTHING_KEPT: Kept = { draft: null, saving: { state: 'idle' }, faults: NO_FAULTS, rival: false }

const PAUSE = 700

/** Keeps a card on disk while it is drawn, one save after the other, and asks each time what is wrong with it. */
export class DraftKeeper {
  private kept: Kept
  private wanted: Card | null = null
  /** What is on its way to the disk, or lies there. */
  private sent: unknown
  private due: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> = Promise.resolve()

  constructor(private readonly key: string, draft: Draft | null, private readonly doors: typeof drafts, private readonly show: (kept: Kept) => void, private readonly now: () => number = Date.now) {
    this.kept = { ...NOTHING_KEPT, draft }
    this.sent = draft?.body
  }

  /** The card as it is now; it is saved once typing pauses. */
  take(card: Card): void {
    if (this.kept.rival || (this.wanted !== null && same(card, this.wanted))) return
    clearTimeout(this.due)
    this.wanted = same(card, this.sent) ? null : card
    if (this.wanted === null) return
    this.due = setTimeout(() => void this.flush(), PAUSE)
  }

  /** Save at once what waits; resolves when it is on disk, or refused. */
  flush(): Promise<void> {
    clearTimeout(this.due)
    return (this.running = this.running.then(() => this.save()))
  }

  /** Ask what is wrong, without a change. */
  check(): Promise<void> {
    return (this.running = this.running.then(() => this.asked()))
  }

  /** Ours holds, whatever the other has saved. */
  async keepMine(card: Card): Promise<void> {
    this.tell({ rival: false, draft: this.kept.draft && { ...this.kept.draft, edit: -1 } })
    this.wanted = card
    await this.flush()
  }

  /** Theirs holds; what it is. */
  async takeTheirs(): Promise<Draft | null> {
    this.wanted = null
    const draft = await this.doors.get(this.key)
    this.sent = draft?.body
    this.tell({ draft, rival: false, saving: { state: 'idle' } })
    await this.check()
    return draft
  }

  /** There is no draft any more: it was published or thrown away. */
  gone(): void {
    clearTimeout(this.due)
    this.wanted = null
    this.sent = undefined
    this.tell(NOTHING_KEPT)
  }

  private async save(): Promise<void> {
    const card = this.wanted
    if (card === null || this.kept.rival) return
    this.wanted = null
    this.sent = card
    this.tell({ saving: { state: 'saving' } })
    try {
      const edit = this.kept.draft?.edit ?? null
      const draft = await this.doors.save(this.key, card, edit === -1 ? null : edit)
      this.tell({ draft, saving: { state: 'saved', at: this.now() } })
      await this.asked()
    } catch (why) {
      this.refused(why, card)
    }
  }

  private async asked(): Promise<void> {
    if (this.kept.draft === null) return
    const { faults } = await this.doors.check(this.key)
    this.tell({ faults: byField(faults) })
  }

  private refused(why: unknown, card: Card): void {
    this.sent = undefined
    if (isRefused(why, 'version.stale')) return this.tell({ rival: true, saving: { state: 'idle' } })
    this.wanted ??= card
    this.tell({ saving: { state: 'failed', why: sentenceOf(why) } })
  }

  private tell(part: Partial<Kept>): void {
    this.kept = { ...this.kept, ...part }
    this.show(this.kept)
  }
}
