/** Whether somebody is at this page: what it asks by itself must not keep a session from ending when nobody is. */
const AWAY_AFTER = 60_000
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

let touched = Date.now()
for (const sign of SIGNS) window.addEventListener(sign, () => void (touched = Date.now()), { passive: true, capture: true })

export const isUnattended = (): boolean => Date.now() - touched > AWAY_AFTER
