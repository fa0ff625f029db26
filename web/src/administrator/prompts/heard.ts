import type { Thing } from '../frame/things'

export type Language = 'ru' | 'en'
export const LANGUAGES: readonly Language[] = ['ru', 'en']
type Prompt = Pick<Thing<'prompt'>, 'files' | 'builtin'>

/** What a caller in a language hears; the switch looks in this order: its own, the company's, any, the built-in one. */
export type Heard = { what: 'recording'; in: Language } | { what: 'builtin'; name: string } | { what: 'nothing' }

export function heardIn(language: Language, { files = {}, builtin }: Prompt, company: Language): Heard {
  const found = [language, company, ...LANGUAGES].find((one) => one in files)
  if (found) return { what: 'recording', in: found }
  return builtin ? { what: 'builtin', name: builtin } : { what: 'nothing' }
}

interface Scenario {
  id: string
  title: string
  graph: { nodes: Record<string, { kind: string; params?: Record<string, unknown> }> }
}
interface Component {
  kind: string
  parameters: readonly { key: string; names: string | null }[]
}

/** Which scenarios play each prompt, by what their components declare. */
export function usesOf(scenarios: readonly Scenario[], components: readonly Component[]): Map<string, { id: string; title: string }[]> {
  const naming = new Map(components.map(({ kind, parameters }) => [kind, parameters.filter(({ names }) => names === 'prompt').map(({ key }) => key)]))
  const found = new Map<string, { id: string; title: string }[]>()
  for (const { id, title, graph } of scenarios) {
    const named = Object.values(graph.nodes).flatMap(({ kind, params = {} }) => (naming.get(kind) ?? []).flatMap((key) => params[key] ?? []))
    for (const prompt of new Set(named.map(String))) found.set(prompt, [...(found.get(prompt) ?? []), { id, title }])
  }
  return found
}
