/** What the house has set into a script, by name: found by laying the script beside what is read out. */
export function setInto(script: string, said: string): Record<string, string> {
  const names: string[] = []
  const pattern = script.split(/(\{[a-z][a-z0-9_]*\})/).map((part) => {
    if (!/^\{.+\}$/.test(part)) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    names.push(part.slice(1, -1))
    return '([\\s\\S]*?)'
  })
  const found = new RegExp(`^${pattern.join('')}$`).exec(said)
  const pairs = names.map((name, at) => [name, found?.[at + 1] ?? ''] as const)
  return Object.fromEntries(pairs.filter(([name, value]) => value !== `{${name}}`))
}
