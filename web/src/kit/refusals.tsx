/** How a refusal is shown: what happened, to what, what to do next; beside the thing itself. */
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { isRefused, type Problem, Unreachable } from '~/api/problem'
import classes from './kit.module.css'
import { Lamp } from './Lamp'
import { toast } from './toasts'
import { inLanguage, useLanguage } from './words'
import { say } from './words.kit'

/** The sentence of any accident. */
export function sentenceOf(why: unknown): string {
  if (isRefused(why)) return inLanguage(why.problem)
  if (why instanceof Unreachable || why instanceof TypeError) return say('unreachable')
  return say('failed')
}

type Tone = 'bad' | 'warn' | 'ready'
const LOOK: Record<Tone, string | undefined> = { bad: classes.noteBad, warn: classes.noteWarn, ready: classes.noteReady }

export function Note({ tone, children, action }: { tone: Tone; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={clsx(classes.note, LOOK[tone])} role={tone === 'bad' ? 'alert' : 'status'}>
      <Lamp state={tone} /><span className={classes.noteText}>{children}</span>{action}
    </div>
  )
}

/** A refusal beside the thing; nothing where there is none. */
export function RefusalNote({ why, action }: { why: unknown; action?: ReactNode }) {
  useLanguage()
  return why == null ? null : <Note tone="bad" action={action}>{sentenceOf(why)}</Note>
}

/** A quiet line in the corner: never takes the focus, goes by itself. */
export function tell(message: string, tone: Tone = 'ready', action?: ReactNode): void {
  toast({
    message: <span style={{ display: 'flex', gap: 8, alignItems: 'baseline' }}><Lamp state={tone} />{message}{action}</span>,
    lasts: tone === 'bad' || action !== undefined ? 8000 : 4000,
  })
}

export const tellRefusal = (why: unknown): void => tell(sentenceOf(why), 'bad')

/**
 * Errors beside their fields. The server names a field of what was sent (`body.name`, `user/anna/name`); `names` are
 * those of the form. What belongs to no field of the form is given back apart, and is shown above the form.
 */
export function faultsOf(why: unknown, names: readonly string[]): { fields: Record<string, string>; rest: string[] } {
  const fields: Record<string, string> = {}
  const rest: string[] = []
  if (!isRefused(why)) return { fields, rest: why == null ? [] : [sentenceOf(why)] }
  for (const fault of why.problem.fields ?? []) {
    const path = fault.field.replace(/^body\./, '').replaceAll('/', '.')
    const name = names.find((known) => path === known || path.startsWith(`${known}.`) || path.endsWith(`.${known}`) || path.includes(`.${known}.`))
    if (name === undefined) rest.push(`${fault.field}: ${inLanguage(fault)}`)
    else fields[name] = fields[name] ? `${fields[name]} ${inLanguage(fault)}` : inLanguage(fault)
  }
  if ((why.problem.fields ?? []).length === 0) rest.push(inLanguage(why.problem as Problem))
  return { fields, rest }
}
