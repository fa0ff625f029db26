import type { Thing } from '../frame/things'

const ANY = '*'

/** Whether it takes every number from everybody at all times, by its line or by any. */
export const takesAll = ({ number = ANY, caller = ANY, when = 'always', caller_lists: lists = [], contact = null, countries = [], regions = [], mode }: Thing<'route'>): boolean =>
  number === ANY && caller === ANY && when === 'always' && lists.length + countries.length + regions.length === 0 && contact == null && mode == null
