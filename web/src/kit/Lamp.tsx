/** Shape and colour say a state together, so that neither alone is needed. */
export type LampState =
  | 'ready' | 'talking' | 'hold' | 'reserved' | 'ringing' | 'wrap_up' | 'warn' | 'bad' | 'away' | 'off'

const COLOUR: Record<LampState, string> = {
  ready: 'ready', talking: 'talk', hold: 'talk', reserved: 'warn', ringing: 'warn', wrap_up: 'warn', warn: 'warn',
  bad: 'bad', away: 'away', off: 'away',
}

function shapeOf(state: LampState, fill: string) {
  switch (state) {
    case 'ready': return <circle cx="6" cy="6" r="5" fill={fill} />
    case 'talking': return <g fill={fill}><path d="M5.2 1v10A5 5 0 0 1 5.2 1Z" /><path d="M6.8 1v10A5 5 0 0 0 6.8 1Z" /></g>
    case 'hold': return <g fill={fill}><rect x="2" y="1.5" width="3" height="9" rx="1" /><rect x="7" y="1.5" width="3" height="9" rx="1" /></g>
    case 'reserved': return <circle cx="6" cy="6" r="4.2" fill="none" stroke={fill} strokeWidth="2" strokeDasharray="3.3 2" />
    case 'ringing': return <g><circle cx="6" cy="6" r="4.9" fill="none" stroke={fill} strokeWidth="1.5" /><circle cx="6" cy="6" r="2.3" fill={fill} /></g>
    case 'wrap_up': return <rect x="1.6" y="1.6" width="8.8" height="8.8" rx="1.6" fill={fill} />
    case 'warn': return <path d="M6 1 11.2 10.5H.8Z" fill={fill} />
    case 'bad': return <path d="M6 .3 11.7 6 6 11.7.3 6Z" fill={fill} />
    case 'away': return <rect x="1" y="4.6" width="10" height="2.8" rx="1.4" fill={fill} />
    case 'off': return <circle cx="6" cy="6" r="4.4" fill="none" stroke={fill} strokeWidth="1.6" />
  }
}

export function Lamp({ state, size = 10 }: { state: LampState; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden style={{ flex: 'none', verticalAlign: -1 }}>
      {shapeOf(state, `var(--${COLOUR[state]})`)}
    </svg>
  )
}
