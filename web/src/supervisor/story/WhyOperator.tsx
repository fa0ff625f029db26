import { VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Names } from '~/api/names'
import { Lamp } from '~/kit/Lamp'
import { SectionTitle, Why } from '~/kit/small'
import { asTimer, secondsOf } from '~/kit/times'
import type { Trade } from '~/kit/trade'
import { type FactOf, ofKind, type Told } from '../telling/facts'
import classes from './story.module.css'
import { useWords } from './words'

type Offered = FactOf<'OperatorOffered'>

interface Choice {
  offered: Offered
  missed: FactOf<'OfferNotTaken'> | undefined
}

/** Each offer with what came of it, in order. */
function choicesOf(told: readonly Told[]): Choice[] {
  const missed = [...ofKind(told, 'OfferNotTaken')].map(({ fact }) => fact)
  return [...ofKind(told, 'OperatorOffered')].map(({ fact: offered }) => {
    const at = missed.findIndex(({ operator }) => operator === offered.operator)
    return { offered, missed: at < 0 ? undefined : missed.splice(at, 1)[0] }
  })
}

/** Why this operator: who was considered, who was passed over and for what reason. */
export function WhyOperator({ told, names, trade }: { told: readonly Told[]; names: Names; trade: Trade }) {
  const choices = useMemo(() => choicesOf(told), [told])
  const last = choices.at(-1)
  if (last === undefined) return null
  return (
    <section className={classes.part}>
      <ChoiceView choice={last} earlier={choices.slice(0, -1)} names={names} trade={trade} />
    </section>
  )
}

function ChoiceView({ choice: { offered, missed }, earlier, names, trade }: { choice: Choice; earlier: Choice[]; names: Names; trade: Trade }) {
  const say = useWords()
  const passed = offered.passed_over ?? []
  const more = offered.considered - 1 - passed.length
  return (
    <>
      <SectionTitle>{say('why_operator', { operator: names.user(offered.operator) })}<Why>{say('why_explained')}</Why></SectionTitle>
      <p>{say(`chosen.${knownWhy(offered.why)}`, { count: offered.considered })}</p>
      <table className={classes.table}>
        <VisuallyHidden component="caption">{say('who_could')}</VisuallyHidden>
        <tbody>
          {earlier.map(({ offered: before, missed: why }) => (
            <tr key={before.operator + before.waited}>
              <td><Lamp state="warn" /></td><td>{names.user(before.operator)}</td>
              <td className="num">{why ? say('missed', { why: trade.notTaken(why.why), time: asTimer(secondsOf(why.rang)) }) : ''}</td>
            </tr>
          ))}
          <tr className={classes.chosen}>
            <td>{missed ? <Lamp state="warn" /> : <IconCheck size={14} aria-label={say('chosen')} />}</td><td>{names.user(offered.operator)}</td>
            <td className="num">{missed ? say('missed', { why: trade.notTaken(missed.why), time: asTimer(secondsOf(missed.rang)) }) : say('after', { time: asTimer(secondsOf(offered.waited)) })}</td>
          </tr>
          {passed.map(([user, why]) => <tr key={user}><td /><td>{names.user(user)}</td><td>{trade.passedOver(why)}</td></tr>)}
        </tbody>
      </table>
      {more > 0 && <p className={classes.quiet}>{say('others', { count: more })}</p>}
    </>
  )
}

function knownWhy(why: string | undefined): 'longest_idle' | 'round_robin' | 'personal' | 'other' {
  return why === 'longest_idle' || why === 'round_robin' || why === 'personal' ? why : 'other'
}
