import type { Thing } from '../frame/things'

export const takesAll = (route: Thing<'outbound_route'>): boolean => (route.numbers ?? []).includes('*') && route.service_classes == null && (route.when ?? 'always') === 'always'
