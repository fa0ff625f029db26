import type { Schemas } from '~/api/client'
import type { Names } from '~/api/names'
import { Lamp, type LampState } from '~/kit/Lamp'
import { SectionTitle, Why } from '~/kit/small'
import { asNumber, asShare } from '~/kit/times'
import classes from './story.module.css'
import { useWords } from './words'

type Measured = Schemas['QualityOut']

const LAMP: Record<Schemas['Grade'], LampState> = { good: 'ready', fair: 'warn', poor: 'bad' }

/** How well each side was heard; where both told of a side, what was measured at its end. */
export function Heard({ quality, names }: { quality: readonly Measured[]; names: Names }) {
  const say = useWords()
  if (quality.length === 0) return null
  const sides = [...new Map(quality.map((one) => [one.user ?? '', one])).values()]
  return (
    <section className={classes.part}>
      <SectionTitle>{say('heard')}<Why>{say('heard_explained')}</Why></SectionTitle>
      <table className={classes.table}>
        <tbody>{sides.map((side) => <Side key={side.user ?? ''} side={side} names={names} />)}</tbody>
      </table>
    </section>
  )
}

function Side({ side, names }: { side: Measured; names: Names }) {
  const say = useWords()
  const stream = side.heard ?? side.told
  const silent = side.packets === 0
  return (
    <tr>
      <td><Lamp state={silent ? 'bad' : LAMP[side.grade]} /></td>
      <td className="num">
        {side.user ? names.user(side.user) : say('heard_outside')}
        {!silent && stream && <small className={classes.small}>{say('heard_figures', { loss: asShare(stream.loss, 1), jitter: asNumber(Math.round(stream.jitter_ms)) })}</small>}
        {side.round_trip_ms != null && <small className={classes.small}>{say('heard_trip', { trip: asNumber(Math.round(side.round_trip_ms)) })}</small>}
      </td>
      <td>{silent ? say('heard_nothing') : say(`grade_${side.grade}`)}</td>
    </tr>
  )
}
