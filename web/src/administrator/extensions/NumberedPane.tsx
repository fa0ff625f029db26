import { useRef, useState } from 'react'
import { useNaming } from '../changes/Changes'
import { ThingPane } from '../frame/ThingPane'
import type { PaneProps } from '../frame/ThingsPage'
import { keyOf, publish, put, remove, type Thing, useFreshThings, useThings } from '../frame/things'
import { type OwnNumber, OwnNumberGiven } from './ownNumber'
import { FORM, nextFree, numbersOf } from './plan'
import { targetWords } from './targets'
import { useWords } from './words'

type Numbered = 'user' | 'group' | 'paging' | 'room'
type NumberedProps<K extends Numbered> = PaneProps<K> & {
  check?: (thing: Thing<K>) => Record<string, string>
  /** Published with it. */
  password?: string
  forget?: () => void
}

/** Somebody with a number of their own: both are saved together, or neither. */
export function NumberedPane<K extends Numbered>({ check, password = '', forget, ...props }: NumberedProps<K>) {
  const { kind } = props.section
  const own = useNumberOf(kind, props.existing ? keyOf(kind, props.existing.thing) : null)
  const fresh = useFreshThings()
  const save = async (thing: Thing<K>, basedOn: number | null) => {
    const published = await publish({ ...put(kind, thing, basedOn), ...(password && { password }) }, ...own.wishes(keyOf(kind, thing)))
    forget?.()
    await fresh([kind, 'extension'])
    return published
  }
  const reset = () => {
    own.reset()
    forget?.()
  }
  return (
    <OwnNumberGiven value={own}>
      <ThingPane {...props} save={save} alsoDirty={own.changed || password !== ''} alsoReset={reset} check={(thing) => ({ ...check?.(thing), ...(own.fault ? { number: own.fault } : {}) })} />
    </OwnNumberGiven>
  )
}

function useNumberOf(kind: Numbered, key: string | null) {
  const say = useWords()
  const naming = useNaming()
  const { data: numbers } = useThings('extension')
  const suggested = useRef<string | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const known = numbers ?? []
  const [first, ...others] = key === null ? [] : numbersOf(known, kind, key)
  const free = nextFree(known)
  // What is offered to a new person stays, though somebody else may take a number meanwhile; a group may do without.
  if (numbers && key === null && kind === 'user') suggested.current ??= free
  const now = first?.thing.number ?? ''
  // What was typed and is published now is no longer a change.
  if (key !== null && typed !== null && typed === now) setTyped(null)
  const number = typed ?? (key === null ? (suggested.current ?? '') : now)
  const fault = faultOf()

  function faultOf(): string | undefined {
    if (number === now || number === '') return undefined
    if (!FORM.test(number)) return say('number_form')
    const holder = known.find(({ thing }) => thing.number === number)
    return holder && say('number_taken', { number, title: targetWords(holder.thing.target, naming) })
  }
  const wishes = (id: string) => number === now ? [] : [
    ...(first ? [remove('extension', now, first.version)] : []),
    ...(number ? [put('extension', { number, target: { kind, key: id } }, 0)] : []),
  ]
  const given: OwnNumber = { number, setNumber: setTyped, fault, free, others: others.map(({ thing }) => thing.number) }
  return { ...given, wishes, changed: typed !== null && typed !== now, reset: () => setTyped(null) }
}
