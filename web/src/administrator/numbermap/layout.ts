import type { Schemas } from '~/api/client'

export type Stop = Schemas['MapStop']
export type Way = Schemas['MapWay']
export interface Picture {
  stops: readonly Stop[]
  ways: readonly Way[]
}
/** A stop with its place: the column from the left, and the line from the top. */
export interface Placed {
  stop: Stop
  column: number
  line: number
}
/** Several choices that lead from one stop to another are one line; `back` leads to the left, so calls may go round. */
export interface Line {
  start: string
  end: string
  whys: { en: string; ru: string }[]
  back: boolean
}
export interface Layout {
  placed: readonly Placed[]
  lines: readonly Line[]
  columns: number
  height: number
}

/** Own numbers of people, to which nothing leads but dialling: they would fill the picture and say nothing. */
export function ofPeople({ stops, ways }: Picture): ReadonlySet<string> {
  const led = new Set(ways.map(({ end }) => end))
  const plain = new Set(stops.filter(({ id, kind }) => kind === 'extension' && !led.has(id) && ways.some(({ start, end }) => start === id && end.startsWith('user:'))).map(({ id }) => id))
  const people = stops.filter(({ id, kind }) => kind === 'user' && ways.some(({ end }) => end === id) && ways.every(({ start, end }) => end !== id || plain.has(start))).map(({ id }) => id)
  return new Set([...plain, ...people])
}

/** Only what is not left out. */
export function without({ stops, ways }: Picture, left: ReadonlySet<string>): Picture {
  return { stops: stops.filter(({ id }) => !left.has(id)), ways: ways.filter(({ start, end }) => !left.has(start) && !left.has(end)) }
}

/** A stop with all that leads to it, and all that it leads to. */
export function around({ ways }: Picture, id: string): ReadonlySet<string> {
  return new Set([id, ...reached(id, ways, 'start', 'end'), ...reached(id, ways, 'end', 'start')])
}

function reached(id: string, ways: readonly Way[], from: 'start' | 'end', to: 'start' | 'end'): Set<string> {
  const found = new Set<string>()
  const ahead = [id]
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    for (const way of ways) {
      if (way[from] !== at || found.has(way[to])) continue
      found.add(way[to])
      ahead.push(way[to])
    }
  }
  return found
}

/** What has these words or digits in it, with what belongs to it. Nothing asked for: everything. */
export function found(picture: Picture, asked: string, wordsOf: (stop: Stop) => string): Picture {
  const wanted = asked.trim().toLowerCase()
  if (wanted === '') return picture
  const kept = new Set(picture.stops.filter((stop) => wordsOf(stop).toLowerCase().includes(wanted)).flatMap(({ id }) => [...around(picture, id)]))
  return without(picture, new Set(picture.stops.map(({ id }) => id).filter((id) => !kept.has(id))))
}

/** What begins stands left, everything else right of all that leads to it; what goes round goes back. */
export function layout(picture: Picture): Layout {
  const columns = columnsOf(picture)
  const filled: Stop[][] = []
  for (const stop of picture.stops) (filled[columns.get(stop.id) ?? 0] ??= []).push(stop)
  const lineOf = new Map<string, number>()
  const placed = Array.from(filled, (stops = [], column) => inOrder(stops, picture.ways, lineOf).map((stop, line) => {
    lineOf.set(stop.id, line)
    return { stop, column, line }
  })).flat()
  return { placed, lines: linesOf(picture.ways, columns), columns: filled.length, height: Math.max(0, ...placed.map(({ line }) => line + 1)) }
}

function columnsOf({ stops, ways }: Picture): Map<string, number> {
  const columns = new Map<string, number>()
  const visit = (id: string, column: number, path: ReadonlySet<string>): void => {
    if (path.has(id) || (columns.get(id) ?? -1) >= column) return
    columns.set(id, column)
    const further = new Set([...path, id])
    for (const way of ways) if (way.start === id) visit(way.end, column + 1, further)
  }
  const led = new Set(ways.map(({ end }) => end))
  for (const { id } of stops) if (!led.has(id)) visit(id, 0, new Set())
  for (const { id } of stops) if (!columns.has(id)) visit(id, 0, new Set())
  return columns
}

/** As the things that lead to them stand, so that lines cross seldom. The first column stays as it is. */
function inOrder(stops: readonly Stop[], ways: readonly Way[], lineOf: ReadonlyMap<string, number>): Stop[] {
  const middle = (id: string): number => {
    const lines = ways.filter(({ end }) => end === id).map(({ start }) => lineOf.get(start)).filter((line) => line !== undefined)
    return lines.length === 0 ? 0 : lines.reduce((sum, line) => sum + line, 0) / lines.length
  }
  const order = new Map(stops.map(({ id }) => [id, middle(id)]))
  return [...stops].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
}

function linesOf(ways: readonly Way[], columns: ReadonlyMap<string, number>): Line[] {
  const lines = new Map<string, Line>()
  for (const { start, end, why } of ways) {
    const key = `${start} ${end}`
    const line = lines.get(key) ?? { start, end, whys: [], back: (columns.get(end) ?? 0) <= (columns.get(start) ?? 0) }
    if (why) line.whys.push(why)
    lines.set(key, line)
  }
  return [...lines.values()]
}
