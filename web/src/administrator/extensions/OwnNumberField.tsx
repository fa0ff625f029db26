import { TextInput } from '@mantine/core'
import type { Kind } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { useOwnNumber } from './ownNumber'
import { useWords } from './words'

/** The number of whom the form is about; clashes are told while it is typed. */
export function OwnNumberField<K extends Kind>({ form, hint }: { form: ThingForm<K>; hint: string }) {
  const say = useWords()
  const own = useOwnNumber()
  const refused = form.error('number')
  return (
    <TextInput label={say('column_number')} className="num" inputMode="tel" value={own.number} placeholder={own.free && say('number_next', { number: own.free })}
      description={own.others.length ? say('more_numbers', { numbers: own.others.join(', ') }) : hint} error={own.fault ?? refused}
      onChange={(event) => own.setNumber(event.currentTarget.value.trim())} />
  )
}
