import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Lamp, type LampState } from '~/kit/Lamp'
import classes from './call.module.css'

export type Tone = 'talk' | 'warn' | 'ready' | 'away'

/** What goes on now, and for how long: the first thing that is read. */
export function Band({ tone, lamp, caption, big, under, side }: { tone: Tone; lamp: LampState; caption: ReactNode; big?: ReactNode; under?: ReactNode; side?: ReactNode }) {
  return (
    <div className={clsx(classes.band, classes[tone])}>
      <h2 className={classes.caption}><Lamp state={lamp} size={12} />{caption}</h2>
      <div className={classes.bigRow}>{big !== undefined && <div className={classes.big}>{big}</div>}{side}</div>
      {under}
    </div>
  )
}
