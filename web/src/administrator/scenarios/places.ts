import type { Schemas } from '~/api/client'
import { inLanguage } from '~/kit/words'

type Step = Schemas['StepOut']

/** What each step is called where another leads to it, and which ones a call can get to. */
export function placesOf(steps: readonly Step[]): { nameOf: (node: string) => string | undefined; reached: ReadonlySet<string> } {
  const at = new Map(steps.map((step, place) => [step.node, place]))
  const nameOf = (node: string) => {
    const place = at.get(node)
    return place === undefined ? undefined : `${place + 1}. ${inLanguage(steps[place]!.title)}`
  }
  const first = steps[0]?.node
  return { nameOf, reached: new Set([first, ...steps.flatMap(({ ways }) => ways.map(({ to }) => to))].filter((node): node is string => typeof node === 'string')) }
}
