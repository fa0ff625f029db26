import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { inLanguage, type Language, useLanguage } from '~/kit/words'
import { api, done, type Schemas } from './client'
import { useFreshOn } from './feed'

type Told = Schemas['NamesOut']
type Shelf = Exclude<keyof Told, 'components' | 'breaks' | 'results' | 'photos'>

const NAMES = ['names']
const NONE: Told = {
  users: {}, photos: {}, groups: {}, rooms: {}, pagings: {}, queues: {}, trunks: {}, devices: {}, cards: {}, scenarios: {}, prompts: {}, routes: {}, modes: {}, components: {},
  breaks: {}, results: {},
}
const IN_BROWSER = 'web.'

/** What things are called. A thing that was removed is called by its key. */
export interface Names {
  user: (key: string) => string
  /** What the server knows a user's photo by; undefined: there is none. */
  photo: (key: string) => string | undefined
  group: (key: string) => string
  paging: (key: string) => string
  room: (key: string) => string
  queue: (key: string) => string
  trunk: (key: string) => string
  /** The phone in a browser has no title of its own: empty. */
  device: (key: string) => string
  card: (key: string) => string
  scenario: (key: string) => string
  prompt: (key: string) => string
  route: (key: string) => string
  mode: (key: string) => string
  component: (kind: string) => string
  /** A kind of break; what a missed call brings is none of the company's. */
  breakKind: (key: string) => string
  /** What was chosen at the end of a card; where nobody knows which card it was, of any that has such a result. */
  result: (card: string | undefined, key: string) => string
  /** By key, for lists to choose from. */
  all: Told
}

export function namesOf(told: Told, language: Language): Names {
  const by = (shelf: Shelf) => (key: string) => told[shelf][key] ?? key
  const device = by('devices')
  const worded = (words: Schemas['Words'] | undefined, key: string) => (words ? inLanguage(words, language) : key)
  return {
    user: by('users'), photo: (key) => told.photos[key], group: by('groups'), room: by('rooms'), paging: by('pagings'), queue: by('queues'), trunk: by('trunks'), card: by('cards'), scenario: by('scenarios'),
    prompt: by('prompts'), route: by('routes'), mode: by('modes'),
    device: (key) => (key.startsWith(IN_BROWSER) ? '' : device(key)),
    component: (kind) => worded(told.components[kind], kind),
    breakKind: (key) => worded(told.breaks[key], key),
    result: (card, key) => worded(card === undefined ? Object.values(told.results).find((of) => key in of)?.[key] : told.results[card]?.[key], key),
    all: told,
  }
}

/** Asked once, and again when the set-up was changed. */
export function useNames(): Names {
  const language = useLanguage()
  const { data } = useQuery({ queryKey: NAMES, queryFn: () => done(api.GET('/api/names')), staleTime: 300_000 })
  useFreshOn(NAMES, (kept) => kept.fact.kind === 'SetupPublished')
  return useMemo(() => namesOf(data ?? NONE, language), [data, language])
}
