import { useEffect, useRef, useState } from 'react'
import { sendDigits } from '../acts'
import type { DeskCall } from '../desk'
import classes from './call.module.css'
import { useWords } from './words'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

/** Keys that the other side hears: for the menus of others. Typed ones count, too. */
export function Digits({ call, close }: { call: DeskCall; close: () => void }) {
  const say = useWords()
  const [sent, setSent] = useState('')
  const pad = useRef<HTMLElement>(null)
  useEffect(() => pad.current?.focus({ preventScroll: true }), [])
  const press = (digit: string) => {
    setSent((before) => before + digit)
    void sendDigits(call.id, digit)
  }
  const typed = (event: React.KeyboardEvent) => {
    if (event.code === 'Escape') close()
    if (KEYS.includes(event.key) && !event.altKey && !event.ctrlKey) press(event.key)
  }
  return (
    <section className={`${classes.padTight} ${classes.pick} ${classes.quietFocus}`} ref={pad} tabIndex={-1} aria-label={say('digits')} onKeyDown={typed}>
      <p className={classes.small} role="status">{sent ? say('digits_sent', { digits: sent }) : say('digits_text')}</p>
      <div className={classes.pad12}>
        {KEYS.map((digit) => <button key={digit} type="button" className={classes.digit} onClick={() => press(digit)}>{digit}</button>)}
      </div>
    </section>
  )
}
