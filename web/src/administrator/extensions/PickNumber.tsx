import { useNaming } from '../changes/Changes'
import type { Naming } from '../changes/values'
import { Pick } from '../frame/fields'
import { type Thing, useThings } from '../frame/things'
import { targetWords } from './targets'

type Extension = Thing<'extension'>
type Props = Omit<Parameters<typeof Pick>[0], 'kind' | 'called'>

const withTarget = ({ number, target }: Extension, naming: Naming) => `${number} · ${targetWords(target, naming)}`

/** One of our numbers, with where it leads: nobody knows all of them by heart. */
export function PickNumber(rest: Props) {
  const naming = useNaming()
  return <Pick kind="extension" called={(thing) => withTarget(thing as Extension, naming)} {...rest} />
}

/** A number of ours in a sentence, with where it leads. */
export function useNumberWords(): (number: string) => string {
  const naming = useNaming()
  const { data: numbers = [] } = useThings('extension')
  return (number) => {
    const target = numbers.find(({ thing }) => thing.number === number)?.thing.target
    return target ? `${number} (${targetWords(target, naming)})` : number
  }
}
