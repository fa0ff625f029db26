import { may, type Right, type WhoAmI } from '~/api/session'

/** The main pages, and the right that each one needs (any of them). */
export interface MainPage {
  path: string
  word: 'desk' | 'board' | 'calls' | 'phone' | 'set_up'
  needs: readonly Right[]
}

const PAGES: readonly MainPage[] = [
  { path: '/desk', word: 'desk', needs: ['serve'] },
  { path: '/board', word: 'board', needs: ['supervise'] },
  { path: '/phone', word: 'phone', needs: ['call'] },
  { path: '/calls', word: 'calls', needs: ['see_calls', 'call', 'serve'] },
  { path: '/set-up', word: 'set_up', needs: ['administer'] },
]

/** The pages of this person, in the order of the bar. */
export function pagesOf(me: WhoAmI): readonly MainPage[] {
  return PAGES.filter((page) => page.needs.some((right) => may(me, right)))
}

/** Where this person's day begins. */
export function firstPageOf(me: WhoAmI): string {
  if (may(me, 'administer')) return '/set-up'
  if (may(me, 'supervise')) return '/board'
  return may(me, 'serve') ? '/desk' : '/phone'
}
