import { useMemo } from 'react'
import { inLanguage, useLanguage } from '~/kit/words'
import { useThings } from '../frame/things'
import { type Card, variablesOf } from './card'
import { useWords } from './words'

/** What every call knows from its beginning; `operator` is known to scripts only. */
const OF_CALLS = ['caller_name', 'caller_number', 'dialled', 'language'] as const

export interface Variable {
  name: string
  /** What it is, in words. */
  about: string
}

/** Variables of a call: its own, what is known of a contact who calls, and those that scenarios set. */
export function useCallVariables(): Variable[] {
  const say = useWords()
  const language = useLanguage()
  const { data: scenarios = [] } = useThings('scenario')
  const { data: lists = [] } = useThings('contact_list')
  return useMemo(() => {
    const known = lists.flatMap(({ thing }) => (thing.fields ?? []).map(({ key, title }) => ({ name: `contact_${key}`, about: say('var_contact', { list: thing.title, field: inLanguage(title, language) }) })))
    const own = [...OF_CALLS.map((name) => ({ name, about: say(`var_${name}`) })), ...new Map(known.map((one) => [one.name, one])).values()]
    const set = variablesOf(scenarios.map(({ thing }) => thing as never)).filter((name) => !own.some((one) => one.name === name))
    return [...own, ...set.map((name) => ({ name, about: say('from_scenario') }))]
  }, [say, language, scenarios, lists])
}

/** What a script can name: the operator, the call, and the fields of the card. */
export function useScriptVariables(card: Card): Variable[] {
  const say = useWords()
  const language = useLanguage()
  const ofCalls = useCallVariables()
  return useMemo(() => [
    { name: 'operator', about: say('var_operator') }, ...ofCalls, ...card.fields.map(({ key, title }) => ({ name: key, about: inLanguage(title, language) || key })),
  ], [say, ofCalls, card.fields, language])
}
