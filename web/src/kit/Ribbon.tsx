import classes from './kit.module.css'

export type RibbonState = 'talking' | 'ready' | 'busy' | 'away' | 'nothing'

const COLOUR: Record<RibbonState, string> = {
  talking: 'var(--talk)', ready: 'var(--ready)', busy: 'var(--warn)', away: 'var(--line2)', nothing: 'transparent',
}

/** What a person did in a span of time, as a strip of states; each part has its length in seconds. */
export function Ribbon({ parts, height = 8, label }: { parts: readonly (readonly [RibbonState, number])[]; height?: number; label: string }) {
  return (
    <span className={classes.ribbon} style={{ height }} role="img" aria-label={label}>
      {parts.map(([state, seconds], at) => (
        <i key={at} style={{ flexGrow: seconds, background: COLOUR[state] }} />
      ))}
    </span>
  )
}
