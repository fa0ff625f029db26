import type { ReactNode } from 'react'
import { Ribbon } from '~/kit/Ribbon'
import { Why } from '~/kit/small'
import { asShare, asTimer } from '~/kit/times'
import { STATUS_RIBBON } from '~/kit/trade'
import type { Desk } from '~/phone/desk'
import { useWords } from '../words'
import classes from './bar.module.css'

/** One's own figures of the day. */
export function Foot({ desk: { today, state }, children }: { desk: Desk; children?: ReactNode }) {
  const say = useWords()
  return (
    <footer className={classes.foot} aria-label={say('today')}>
      <span><b>{today.talks}</b> <span className={classes.dim}>{say('calls', { count: today.talks })}</span></span>
      {today.mean_handling !== null && <span><b>{asTimer(today.mean_handling)}</b> <span className={classes.dim}>{say('mean')}</span><Why>{say('mean_why')}</Why></span>}
      {today.occupancy !== null && <span><b>{asShare(today.occupancy)}</b> <span className={classes.dim}>{say('occupancy')}</span><Why>{say('occupancy_why')}</Why></span>}
      {today.missed > 0 && <span><b>{today.missed}</b> <span className={classes.dim}>{say('missed')}</span></span>}
      {state.strip.length > 0 && (
        <span className={classes.strip}>
          <span className={classes.end}>{say('strip_from')}</span>
          <Ribbon label={say('strip')} parts={state.strip.map(([status, seconds]) => [STATUS_RIBBON[status], seconds] as const)} />
          <span className={classes.end}>{say('now')}</span>
        </span>
      )}
      <span className={classes.grow} />
      {children}
    </footer>
  )
}
