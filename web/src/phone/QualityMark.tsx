import { Lamp, type LampState } from '~/kit/Lamp'
import { Why } from '~/kit/small'
import { asShare } from '~/kit/times'
import { useLanguage } from '~/kit/words'
import classes from './phone.module.css'
import { type Quality, type Verdict, verdictOf } from './quality'
import { useWords } from './words'

const LAMP: Record<Verdict, LampState> = { good: 'ready', fair: 'warn', poor: 'bad' }

/** How well the call is heard, in words; the figures behind the question mark. */
export function QualityMark({ quality }: { quality: Quality | null }) {
  const say = useWords()
  if (quality === null) return <span className={classes.quality}><Lamp state="off" size={9} />{say('quality_none')}</span>
  const verdict = verdictOf(quality)
  return (
    <span className={classes.quality}>
      <Lamp state={LAMP[verdict]} size={9} />{say(`quality_${verdict}`)}
      <Why label={say('quality_why')}><Figures quality={quality} /></Why>
    </span>
  )
}

function Figures({ quality }: { quality: Quality }) {
  const say = useWords()
  const language = useLanguage()
  const ms = (seconds: number) => Math.round(seconds * 1000)
  const trip = quality.roundTrip === null ? say('unknown_trip') : say('ms', { value: ms(quality.roundTrip) })
  const score = quality.score.toLocaleString(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
  return (
    <>
      <p>{say('quality_figures', { loss: asShare(quality.loss, 1), jitter: ms(quality.jitter), trip })}</p>
      <p>{say('quality_score', { score })}</p>
      <p>{say('quality_do')}</p>
    </>
  )
}
