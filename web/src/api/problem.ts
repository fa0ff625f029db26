import type { components } from './schema'

export type Problem = components['schemas']['Problem']

/** The server's refusal: a sentence in both languages, its facts, and what is wrong with each field. */
export class Refused extends Error {
  constructor(readonly problem: Problem, readonly status: number) {
    super(problem.en)
  }
}

/** The server could not be reached at all. */
export class Unreachable extends Error {}

export const isRefused = (why: unknown, code?: string): why is Refused =>
  why instanceof Refused && (code === undefined || why.problem.code === code)
