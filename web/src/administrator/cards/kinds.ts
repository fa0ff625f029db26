import { IconAlignLeft, IconCalendar, IconCheckbox, IconList, IconNumber123, IconPhone, IconTypography, type TablerIcon } from '@tabler/icons-react'
import { inLanguage, useLanguage } from '~/kit/words'
import { useFieldsOf } from '../changes/Changes'
import type { Kind } from './card'

/** Every kind of field; a new one asks here for its picture. */
export const ICONS: Record<Kind, TablerIcon> = {
  text: IconTypography, long_text: IconAlignLeft, number: IconNumber123, date: IconCalendar, phone: IconPhone, check_box: IconCheckbox, list: IconList,
}
export const KINDS = Object.keys(ICONS) as Kind[]

/** What each kind of field is called. */
export function useKindTitles(): (kind: Kind) => string {
  useLanguage()
  const kinds = useFieldsOf('card').find(({ key }) => key === 'fields')?.parts.find(({ key }) => key === 'kind')?.values ?? {}
  return (kind) => (kinds[kind] ? inLanguage(kinds[kind]) : kind)
}
