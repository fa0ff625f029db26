import { SegmentedControl } from '@mantine/core'
import clsx from 'clsx'
import { type ReactNode, useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { CurrentCall } from '~/phone/call/CurrentCall'
import { useDesk } from '~/phone/desk'
import { usePhone } from '~/phone/phone'
import { SoundPanel } from '~/phone/SoundPanel'
import { DialPane } from './DialPane'
import { HistoryPane } from './HistoryPane'
import { PeoplePane } from './PeoplePane'
import classes from './user.module.css'
import { useWords } from './words'

type Pane = 'dial' | 'history' | 'people' | 'sound'
const PANES: readonly Pane[] = ['dial', 'history', 'people', 'sound']

/** One's own telephone: the call of now, or whom to call; calls, colleagues and sound beside it, or behind tabs on a small screen. */
export function PhonePage() {
  const say = useWords()
  const { data: desk } = useDesk()
  const [pane, setPane] = useState<Pane>('dial')
  const calls = useSearchParams()[0].get('calls')
  useEffect(() => { if (calls !== null) setPane('history') }, [calls])
  const [side, setSide] = useState<Pane>('people')
  const inCall = (desk?.calls.length ?? 0) > 0
  const rings = usePhone(({ calls }) => calls.length > 0)
  const narrow = inCall || rings ? 'dial' : pane
  return (
    <div className={classes.page}>
      <h1 className={classes.hidden}>{say('dial')}</h1>
      <div className={classes.panes}>
        <Section name="dial" narrow={narrow}>{desk ? <CurrentCall desk={desk} otherwise={<DialPane />} /> : <DialPane />}</Section>
        <Section name="history" narrow={narrow}><HistoryPane /></Section>
        <div className={classes.side}>
          <div className={classes.sideTabs}>
            <SegmentedControl size="xs" fullWidth aria-label={say('panes')} value={side} onChange={(chosen) => setSide(chosen as Pane)}
              data={[{ value: 'people', label: say('people') }, { value: 'sound', label: say('sound') }]} />
          </div>
          <Section name="people" narrow={narrow} off={side !== 'people'}><PeoplePane /></Section>
          <Section name="sound" narrow={narrow} off={side !== 'sound'}>{(side === 'sound' || narrow === 'sound') && <div className={classes.soundPane}><SoundPanel /></div>}</Section>
        </div>
      </div>
      {!(inCall || rings) && (
        <nav className={classes.tabs} aria-label={say('panes')}>
          <SegmentedControl fullWidth aria-label={say('panes')} value={pane} onChange={(chosen) => setPane(chosen as Pane)} data={PANES.map((value) => ({ value, label: say(value) }))} />
        </nav>
      )}
    </div>
  )
}

/** `off`: not shown on a wide screen; on a narrow one only the chosen pane is. */
function Section({ name, narrow, off = false, children }: { name: Pane; narrow: Pane; off?: boolean; children: ReactNode }) {
  const say = useWords()
  return <section className={clsx(classes.pane, off && classes.off, name !== narrow && classes.behind)} aria-label={say(name)}>{children}</section>
}
