import { useRef, useState } from 'react'
import { FORM, nextFree, numbersOf } from '../extensions/plan'
import { targetWords } from '../extensions/targets'
import { useNaming } from '../changes/Changes'
import type { PaneProps } from '../frame/ThingsPage'
import { ThingPane } from '../frame/ThingPane'
import { publish, put, remove, type Thing, useFreshThings, useThings } from '../frame/things'
import { type OwnNumber, OwnNumberGiven } from './ownNumber'
import { useWords } from './words'

/** A person with their number: both are saved together, or neither. */
export function UserPane(props: PaneProps<'user'>) {
  const own = useNumberOf(props.existing?.thing.id ?? null)
  const fresh = useFreshThings()
  const save = async (user: Thing<'user'>, basedOn: number | null) => {
    const published = await publish(put('user', user, basedOn), ...own.wishes(user.id))
    await fresh()
    return published
  }
  return (
    <OwnNumberGiven value={own}>
      <ThingPane {...props} save={save} alsoDirty={own.changed} alsoReset={own.reset} check={(): Record<string, string> => (own.fault ? { number: own.fault } : {})} />
    </OwnNumberGiven>
  )
}

function useNumberOf(user: string | null) {
  const say = useWords()
  const naming = useNaming()
  const { data: numbers = [] } = useThings('extension')
  const suggested = useRef<string | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [first, ...others] = user === null ? [] : numbersOf(numbers, user)
  const free = nextFree(numbers)
  if (user === null && numbers.length > 0) suggested.current ??= free
  const now = first?.thing.number ?? ''
  const number = typed ?? (user === null ? (suggested.current ?? free) : now)
  const holder = number === now ? undefined : numbers.find(({ thing }) => thing.number === number)
  const fault = holder ? say('number_taken', { number, title: targetWords(holder.thing.target, naming) }) : number !== '' && !FORM.test(number) ? say('number_form') : undefined
  const wishes = (id: string) => number === now ? [] : [
    ...(first ? [remove('extension', now, first.version)] : []),
    ...(number ? [put('extension', { number, target: { kind: 'user', key: id } }, 0)] : []),
  ]
  const given: OwnNumber = { number, setNumber: setTyped, fault, free, others: others.map(({ thing }) => thing.number) }
  return { ...given, wishes, changed: typed !== null && typed !== now, reset: () => setTyped(null) }
}
