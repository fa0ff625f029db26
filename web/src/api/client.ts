import createClient, { type Middleware } from 'openapi-fetch'
import { type Problem, Refused, Unreachable } from './problem'
import { isUnattended } from './attended'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

let csrf: string | null = null

/** Changes are taken only with the mark that the session was begun with. */
export function setCsrf(mark: string | null): void {
  csrf = mark
}

/** For requests that the typed client can't send. */
export const csrfMark = (): string | null => csrf

const marked: Middleware = {
  onRequest({ request }) {
    if (csrf !== null && request.method !== 'GET') request.headers.set('X-CSRF-Token', csrf)
    if (isUnattended()) request.headers.set('X-Unattended', 'yes')
    return request
  },
  onError() {
    return new Unreachable()
  },
}

/** Every door of the house, typed by its own description. Take answers through `done`. */
export const api = createClient<paths>({ baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin })
api.use(marked)

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** What was answered. Throws: Refused; Unreachable. */
export async function done<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked
  if (response.ok) return data as T
  throw new Refused(asProblem(error, response.status), response.status)
}

/** What the server said, whatever it was. */
export function asProblem(error: unknown, status: number): Problem {
  if (typeof error === 'object' && error !== null && 'code' in error && 'en' in error) return error as Problem
  return {
    code: `http.${status}`, facts: {}, fields: [],
    en: `The server answered ${status}. Try again.`, ru: `Сервер ответил ${status}. Попробуйте ещё раз.`,
  }
}
