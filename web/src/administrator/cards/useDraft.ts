import { useEffect, useRef, useState } from 'react'
import { same } from '../frame/differences'
import type { ThingForm } from '../frame/useThingForm'
import type { Card } from './card'
import { type Draft, drafts } from './drafts'
import { DraftKeeper, type Kept, NOTHING_KEPT } from './keeper'

/** The draft of a published card: `first` is what lay on disk when the form was opened. */
export function useDraft(form: ThingForm<'card'>, first: Draft | null) {
  const [kept, setKept] = useState<Kept>({ ...NOTHING_KEPT, draft: first })
  const keeper = useRef<DraftKeeper | null>(null)
  keeper.current ??= new DraftKeeper(form.value.id, first, drafts, setKept)
  const [begun, setBegun] = useState(false)
  const { value, change, dirty } = form

  useEffect(() => {
    if (begun) return
    if (first !== null) change(first.body as unknown as Card)
    setBegun(true)
    void keeper.current?.check()
  }, [begun, first, change])
  // Not before the draft is what the form shows: else what is published would be saved over it.
  useEffect(() => {
    if (begun && (dirty || kept.draft !== null)) keeper.current?.take(value)
  }, [begun, value, dirty, kept.draft])
  useEffect(() => () => void keeper.current?.flush(), [])

  return {
    kept,
    flush: () => keeper.current!.flush(),
    /** Published or thrown away. */
    gone: () => keeper.current!.gone(),
    discard: async () => {
      await keeper.current!.flush()
      await drafts.discard(value.id)
      keeper.current!.gone()
    },
    keepMine: () => keeper.current!.keepMine(value),
    takeTheirs: async () => {
      const theirs = await keeper.current!.takeTheirs()
      if (theirs) change(theirs.body as unknown as Card)
    },
    /** Whether what is shown is what is published. */
    clean: form.published !== null && same(value, form.published),
  }
}
