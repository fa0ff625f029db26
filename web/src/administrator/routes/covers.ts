import { inOrder } from '../frame/order'
import type { Thing, Versioned } from '../frame/things'

type Route = Thing<'route'>
const ANY = '*'

/** Whether every number that fits `inner` fits `outer`, too. */
export function patternCovers(outer: string, inner: string): boolean {
  if (!outer.endsWith('*')) return outer === inner
  return (inner.endsWith('*') ? inner.slice(0, -1) : inner).startsWith(outer.slice(0, -1))
}

/** Whether one route takes every call that another would take. */
export function covers(outer: Route, inner: Route): boolean {
  const always = (outer.when ?? 'always') === 'always'
  const sameHours = outer.when === inner.when && outer.calendar === inner.calendar
  const trunk = outer.trunk == null || outer.trunk === inner.trunk
  return (always || sameHours) && trunk && patternCovers(outer.number ?? ANY, inner.number ?? ANY) && patternCovers(outer.caller ?? ANY, inner.caller ?? ANY)
}

/** The first route above that leaves nothing to this one. */
export function shadowOf(route: Route, all: readonly Versioned<Route>[]): Route | undefined {
  const others = all.filter(({ thing }) => thing.id !== route.id)
  const above = inOrder([...others, { version: 0, thing: route }])
  const place = above.findIndex(({ thing }) => thing.id === route.id)
  return above.slice(0, place).map(({ thing }) => thing).find((other) => covers(other, route))
}

/** Whether it takes every number from everybody at all times, by its line or by any. */
export const takesAll = (route: Route): boolean => (route.number ?? ANY) === ANY && (route.caller ?? ANY) === ANY && (route.when ?? 'always') === 'always'
