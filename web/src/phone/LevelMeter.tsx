import { useEffect, useRef } from 'react'
import { Ear } from './level'
import classes from './phone.module.css'

const BARS = Array.from({ length: 26 }, (_, at) => 5 + ((at * 7) % 5) * 2)
const EVERY = 80

/** How loud somebody is, moving. Drawn past React: it moves a dozen times a second. */
export function LevelMeter({ stream }: { stream: MediaStream | null }) {
  const shown = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const meter = shown.current
    if (meter === null || stream === null || stream.getAudioTracks().length === 0) return
    const ear = new Ear(stream)
    const moving = setInterval(() => meter.style.setProperty('--level', ear.loudness().toFixed(3)), EVERY)
    return () => {
      clearInterval(moving)
      ear.close()
      meter.style.removeProperty('--level')
    }
  }, [stream])
  return (
    <span className={classes.meter} ref={shown} aria-hidden>
      <Bars className={classes.meterOff} /><Bars className={classes.meterOn} />
    </span>
  )
}

const Bars = ({ className }: { className?: string }) => (
  <svg className={className} viewBox="0 0 208 14" preserveAspectRatio="none">
    {BARS.map((height, at) => <rect key={at} x={at * 8} y={14 - height} width="6" height={height} rx="1" />)}
  </svg>
)
