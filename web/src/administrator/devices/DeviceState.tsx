import { Lamp } from '~/kit/Lamp'
import classes from './devices.module.css'
import { lampOf, useDevicesNow } from './now'
import { useWords } from './words'

/** Whether the phone is registered now, from where, and how soon it answers. */
export function DeviceState({ device }: { device: string }) {
  const say = useWords()
  const now = useDevicesNow()(device)
  const word = !now ? say('unknown') : now.reachable ? say('reachable') : now.has_password ? say('unreachable') : say('no_password')
  return (
    <div className={classes.state} role="status">
      <div className={classes.line}><Lamp state={lampOf(now)} /><b>{word}</b></div>
      {now && !now.reachable && now.has_password && <p className={classes.quiet}>{say('never')}</p>}
      {now?.contacts.map(({ address, agent, latency_ms: latency }) => (
        <div key={address} className={`num ${classes.quiet}`}>{[address, agent, latency === null ? '' : say('latency', { ms: Math.round(latency) })].filter(Boolean).join(' · ')}</div>
      ))}
    </div>
  )
}
