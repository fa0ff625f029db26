import { useStore } from 'zustand'
import type { FieldValue } from '~/kit/card/CardField'
import type { Values } from '~/kit/card/CardForm'
import type { DeskCard } from '~/phone/desk'
import { RESULT, shownIn } from './draft'
import { fillingOf } from './useFilling'

const isNothing = (value: FieldValue | undefined): boolean => value === undefined || value === null || value === '' || value === false

/** What must be given before the card can be closed, in the order of the card; as the server will see it. */
export function missingIn({ definition }: Pick<DeskCard, 'definition'>, values: Values): string[] {
  const fields = (definition?.fields ?? []).filter(({ key, required }) => required && isNothing(values[key])).map(({ key }) => key)
  return definition?.disposition_required && isNothing(values[RESULT]) ? [...fields, RESULT] : fields
}

export function useMissing(card: DeskCard): string[] {
  const { draft } = useStore(fillingOf(card).state)
  return missingIn(card, shownIn(draft))
}
