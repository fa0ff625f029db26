import type { Schemas } from '~/api/client'
import classes from './card.module.css'
import { CardField, type FieldValue } from './CardField'

export type Values = Record<string, FieldValue>

interface Filling {
  card: Pick<Schemas['Card'], 'fields'>
  values: Values
  /** Every change, as it is typed. */
  onType?: (key: string, value: FieldValue) => void
  /** A field was left. */
  onLeave?: (key: string) => void
  /** What is wrong with a field, in the person's language. */
  faults?: Record<string, string>
  /** Fields that must be given before the card can be closed, once that is to be seen. */
  missing?: readonly string[]
  /** Fields that were typed in and are on disk. */
  saved?: ReadonlySet<string>
  readOnly?: boolean
}

/** The fields of a card, in their order, in two columns. */
export function CardForm({ card, values, onType, onLeave, faults = {}, missing = [], saved, readOnly = false }: Filling) {
  return (
    <div className={classes.form}>
      {card.fields.map((field) => (
        <CardField key={field.key} field={field} value={values[field.key] ?? null} fault={faults[field.key]} missing={missing.includes(field.key)}
          saved={saved?.has(field.key) ?? false} readOnly={readOnly} onType={(value) => onType?.(field.key, value)} onLeave={() => onLeave?.(field.key)} />
      ))}
    </div>
  )
}

/** Bring the cursor into a field of the card that is shown; the first of a list that is there. */
export function focusField(key: string): void {
  const found = document.querySelector<HTMLElement>(`[data-card-field="${CSS.escape(key)}"]`)
  const inner = found?.matches('input, textarea, button') ? found : found?.querySelector<HTMLElement>('input:checked, input, textarea, button')
  inner?.focus()
  found?.scrollIntoView({ block: 'nearest' })
}
