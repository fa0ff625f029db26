import type { ReactNode } from 'react'
import { FaceOf } from '~/kit/Face'
import { asPhone } from '~/kit/numbers'
import { Why } from '~/kit/small'
import { asTimer } from '~/kit/times'
import { inLanguage, useLanguage } from '~/kit/words'
import type { DeskCall } from '../desk'
import classes from './call.module.css'
import { useWords } from './words'

/** Who it is, where they came from, and why to this operator. */
export function Caller({ call }: { call: DeskCall }) {
  const say = useWords()
  useLanguage()
  const { other, queue_title, waited, dialled } = call
  const way = [queue_title, waited !== null && say('waited', { time: asTimer(waited) }), !other.user && dialled && say('dialled', { number: asPhone(dialled) })]
  return (
    <div className={classes.pad}>
      <div className={classes.who}>
        {other.user && <FaceOf user={other.user} name={other.name} size={48} />}
        <div><Who name={other.name} number={other.number} /></div>
      </div>
      <div className={classes.way}>{way.filter(Boolean).map((part, at) => <span key={at}>{part}</span>)}</div>
      <div className={classes.small}>{inLanguage(call.why)}<Chosen call={call} /></div>
    </div>
  )
}

export function Who({ name, number, children }: { name: string; number: string; children?: ReactNode }) {
  const say = useWords()
  const main = number ? asPhone(number) : name || say('no_number')
  return (
    <>
      <div className={classes.number}>{main}</div>
      {number && name && <div className={classes.name}>{name}</div>}
      {children}
    </>
  )
}

/** Who else was looked at, and why not them. */
function Chosen({ call }: { call: DeskCall }) {
  const say = useWords()
  if (call.considered === null) return null
  return (
    <Why>
      <p>{say('considered', { count: call.considered })}</p>
      {call.passed_over.length > 0 && <p>{say('passed_over')}</p>}
      <ul className={classes.passed}>
        {call.passed_over.map(({ user, name, why }) => <li key={user}>{name}: {inLanguage(why)}</li>)}
      </ul>
    </Why>
  )
}
