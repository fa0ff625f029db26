import { Switch, UnstyledButton } from '@mantine/core'
import clsx from 'clsx'
import { useMemo, useState } from 'react'
import { Lamp } from '~/kit/Lamp'
import { SectionTitle } from '~/kit/small'
import { asTimer } from '~/kit/times'
import type { Told } from '../telling/facts'
import { lineOf, type Telling } from '../telling/lines'
import { useHearing, useThePlayer } from './hearing'
import classes from './story.module.css'
import { useWords } from './words'

/** Everything that happened, in words; a click puts the head of the time line there. */
export function Steps({ told, about, began }: { told: readonly Told[]; about: Telling; began: number }) {
  const say = useWords()
  const [all, setAll] = useState(false)
  const lines = useMemo(
    () => told.map(({ seq, at, fact }) => ({ seq, second: Math.max(0, (Date.parse(at) - began) / 1000), ...lineOf(fact, about) })),
    [told, about, began],
  )
  const shown = all ? lines : lines.filter(({ minor }) => !minor)
  const now = useHearing(({ position }) => (position > 0 ? shown.findLast(({ second }) => second <= position + 0.05)?.seq : undefined))
  return (
    <section aria-label={say('steps')}>
      <div className={classes.stepsTop}>
        <SectionTitle>{say('steps')}</SectionTitle>
        <Switch size="xs" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} label={say('every_step')} />
      </div>
      <ol className={classes.steps} data-space-plays>
        {shown.map((line) => <Step key={line.seq} line={line} now={line.seq === now} />)}
      </ol>
    </section>
  )
}

interface Shown {
  second: number
  lamp: Parameters<typeof Lamp>[0]['state']
  text: string
  aside?: string
  minor?: boolean
}

function Step({ line: { second, lamp, text, aside, minor }, now }: { line: Shown; now: boolean }) {
  const player = useThePlayer()
  return (
    <li>
      <UnstyledButton className={clsx(classes.step, now && classes.stepNow, minor && classes.stepMinor)} onClick={() => player.seek(second)}>
        <time className="num">{asTimer(second)}</time><Lamp state={lamp} /><span>{text}</span><small className="num">{aside}</small>
      </UnstyledButton>
    </li>
  )
}
