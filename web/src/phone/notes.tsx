/** What is wrong with the phone of this page, in words, and what to do. */
import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Note, RefusalNote } from '~/kit/refusals'
import { asTimer } from '~/kit/times'
import { useSecond } from '~/kit/Timer'
import type { MicrophoneTrouble } from './microphone'
import { type LineState, takePhoneOver, usePhone } from './phone'
import { useWords } from './words'

const InsecureNote = lazy(async () => ({ default: (await import('./InsecureNote')).InsecureNote }))

export function MicrophoneTroubleNote({ trouble, again }: { trouble: MicrophoneTrouble; again: () => void }) {
  const say = useWords()
  return (
    <Note tone="bad" action={<Button size="compact-sm" onClick={again}>{say('try_again')}</Button>}>
      <b>{say(`mic_${trouble}`)}</b> {say(`mic_${trouble}_do`)}
    </Note>
  )
}

/** Why no call rings at this page, if none does; nothing while all is well. */
export function LineNote() {
  const line = usePhone((phone) => phone.line)
  const say = useWords()
  switch (line.is) {
    case 'elsewhere':
      return <Note tone="warn" action={<Button size="compact-sm" onClick={takePhoneOver}>{say('take_over')}</Button>}>{say(`line_elsewhere_${line.where}`)}</Note>
    case 'insecure': return <Suspense><InsecureNote /></Suspense>
    case 'refused': return <RefusalNote why={line.why} />
    case 'lost': return <Note tone="warn"><LineWords line={line} /></Note>
    default: return null
  }
}

/** What the line does now, in one sentence. */
export function LineWords({ line }: { line: LineState }) {
  const say = useWords()
  switch (line.is) {
    case 'ready': return say('line_ready')
    case 'connecting': return say('line_connecting')
    case 'lost': return <LostFor since={line.since} />
    case 'elsewhere': return say(`line_elsewhere_${line.where}`)
    case 'insecure': return say('insecure_title')
    default: return say('line_off')
  }
}

function LostFor({ since }: { since: number }) {
  const say = useWords()
  useSecond()
  return say('line_lost', { time: asTimer((Date.now() - since) / 1000) })
}
