import type { Schemas } from '~/api/client'
import { Lamp } from '~/kit/Lamp'
import { inLanguage, useLanguage } from '~/kit/words'
import classes from './routes.module.css'

interface ConsideredProps {
  title: string
  fits: string
  considered: readonly Schemas['Considered'][]
  /** The one that is being drawn, and how it is marked. */
  drawn?: { key: string; mark: string }
}

/** Every route that was looked at, in order, with the reason in words. */
export function Considered({ title, fits, considered, drawn }: ConsideredProps) {
  useLanguage()
  if (considered.length === 0) return null
  return (
    <>
      <h2 className={classes.small}>{title}</h2>
      <ol className={classes.considered}>
        {considered.map((one, at) => (
          <li key={one.route} className={classes.one} data-matched={one.matched}>
            <span className="num">{at + 1}.</span><Lamp state={one.matched ? 'ready' : 'off'} size={9} />
            <span className={classes.oneTitle}>{one.title || drawn?.mark}{one.route === drawn?.key && one.title && <small> · {drawn.mark}</small>}</span>
            <span className={classes.quiet}>{one.matched && `${fits}: `}{inLanguage(one.why)}</span>
          </li>
        ))}
      </ol>
    </>
  )
}
