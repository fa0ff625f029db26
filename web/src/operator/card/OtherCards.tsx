import { SegmentedControl } from '@mantine/core'
import type { DeskCard } from '~/phone/desk'
import { useWords } from '../words'

/** More than one card lies open: which one is looked at. */
export function OtherCards({ cards, shown, choose }: { cards: readonly DeskCard[]; shown: string; choose: (id: string) => void }) {
  const say = useWords()
  if (cards.length < 2) return null
  const data = cards.map(({ id }, at) => ({ value: id, label: say('card_no', { no: at + 1 }) }))
  return <SegmentedControl size="xs" aria-label={say('other_cards')} data={data} value={shown} onChange={choose} />
}
