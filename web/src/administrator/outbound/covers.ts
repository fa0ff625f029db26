import { inOrder } from '../frame/order'
import type { Thing, Versioned } from '../frame/things'
import { patternCovers } from '../routes/covers'

type Route = Thing<'outbound_route'>

/** Whether one route takes every call that another would take. */
export function covers(outer: Route, inner: Route): boolean {
  const hours = (outer.when ?? 'always') === 'always' || (outer.when === inner.when && outer.calendar === inner.calendar)
  const people = outer.service_classes == null || (inner.service_classes?.every((one) => outer.service_classes?.includes(one)) ?? false)
  return hours && people && (inner.numbers ?? []).every((number) => (outer.numbers ?? []).some((pattern) => patternCovers(pattern, number)))
}

/** The first route above that leaves nothing to this one. */
export function shadowOf(route: Route, all: readonly Versioned<Route>[]): Route | undefined {
  const ordered = inOrder([...all.filter(({ thing }) => thing.id !== route.id), { version: 0, thing: route }]).map(({ thing }) => thing)
  return ordered.slice(0, ordered.findIndex(({ id }) => id === route.id)).find((other) => covers(other, route))
}

export const takesAll = (route: Route): boolean => (route.numbers ?? []).includes('*') && route.service_classes == null && (route.when ?? 'always') === 'always'
