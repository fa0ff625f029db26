import classes from './kit.module.css'

interface Sparkline {
  /** Oldest first. */
  values: readonly number[]
  /** What everything in the column is measured by. */
  top: number
  norm?: number
  broken?: boolean
  width?: number
  height?: number
  label: string
}

/** A thin line of the last hour; lines in one column share a scale, or a calm one would look like a mountain. */
export function Spark({ values, top, norm, broken = false, width = 84, height = 20, label }: Sparkline) {
  const most = Math.max(top, norm ?? 0, 1)
  const x = (at: number) => (at / Math.max(values.length - 1, 1)) * (width - 4) + 1
  const y = (value: number) => height - 2 - (value / most) * (height - 4)
  const last = values.length - 1
  return (
    <svg width={width} height={height} className={classes.spark} role="img" aria-label={label}>
      {norm !== undefined && <line x1="0" x2={width} y1={y(norm)} y2={y(norm)} stroke="var(--line2)" strokeDasharray="2 2" />}
      <polyline points={values.map((value, at) => `${x(at)},${y(value)}`).join(' ')} fill="none" stroke="var(--ink3)" strokeWidth="1.25" strokeLinejoin="round" />
      {last >= 0 && <circle cx={x(last)} cy={y(values[last] ?? 0)} r="2.2" fill={broken ? 'var(--bad)' : 'var(--ink)'} />}
    </svg>
  )
}
