import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { DeskCard } from '~/phone/desk'
import { type Filled, Filling } from './filling'
import { forgetOld } from './keep'
import { RESULT } from './draft'

/** Cards in work; they outlive the page's parts, so that nothing on its way is lost by looking elsewhere. */
const cards = new Map<string, Filling>()

const toldOn = (card: DeskCard) => ({ values: { ...card.values, [RESULT]: card.disposition }, revision: card.revision })

/** The filling of this card. */
export function fillingOf(card: DeskCard): Filling {
  const known = cards.get(card.id)
  if (known) return known
  const made = new Filling(card.id, toldOn(card))
  cards.set(card.id, made)
  return made
}

/** What is on the page of this card, and where it is kept. */
export function useFilling(card: DeskCard): { filling: Filling; filled: Filled } {
  const filling = fillingOf(card)
  const filled = useStore(filling.state)
  useEffect(() => filling.retell(toldOn(card)), [filling, card])
  return { filling, filled }
}

/** What is typed is sent before the page goes. */
export function useKeeping(open: readonly DeskCard[]): void {
  useEffect(() => {
    forgetOld()
    const leaving = () => document.visibilityState === 'hidden' && cards.forEach((filling) => void filling.flush(true))
    document.addEventListener('visibilitychange', leaving)
    return () => document.removeEventListener('visibilitychange', leaving)
  }, [])
  useEffect(() => {
    for (const [id, filling] of cards) {
      // What is not on disk yet goes on being sent: a card that is closed says so itself.
      if (!open.some((card) => card.id === id) && filling.isSaved()) cards.delete(id)
    }
  }, [open])
}
