import { Button, Loader, VisuallyHidden } from '@mantine/core'
import { Link } from 'react-router'
import { may, useMe } from '~/api/session'
import { Lamp, type LampState } from '~/kit/Lamp'
import { Scroll } from '~/kit/Scroll'
import { EmptyState } from '~/kit/small'
import { useSecond } from '~/kit/Timer'
import classes from './board/board.module.css'
import { useHappened } from './board/happened'
import { HappenedView, Latest } from './board/HappenedView'
import { type Board as Now, type BoardTrunk, useBoard } from './board/live'
import { isDown, normsOf } from './board/norms'
import { Norms } from './board/Norms'
import { Counts, Operators } from './board/Operators'
import { Queues } from './board/Queues'
import { useSize } from './board/size'
import { Waiting } from './board/Waiting'
import { useWords } from './board/words'

/** Where does it burn? Norms, queues, operators and who waits, live. */
export function Board() {
  const { board, stale } = useBoard()
  if (board === null) return <Loader m="lg" color="var(--ink3)" />
  return <Shown board={board} stale={stale} />
}

function Shown({ board, stale }: { board: Now; stale: boolean }) {
  const say = useWords()
  const now = useSecond()
  if (board.queues.length === 0 || board.operators.length === 0) return <Nobody />
  return (
    <div className={classes.page}>
      <VisuallyHidden component="h1">{say('title')}</VisuallyHidden>
      <Norms norms={normsOf(board, now)} now={now} stale={stale ? board.now : undefined} />
      <div className={classes.grid}>
        <section className={classes.queuesCell} aria-label={say('queues')}>
          <div className={classes.head}><h2>{say('queues')}</h2></div>
          <Queues board={board} now={now} />
        </section>
        <section className={classes.operatorsCell} aria-label={say('operators')}>
          <div className={classes.head}><h2>{say('operators')}</h2><Counts operators={board.operators} /></div>
          <Scroll label={say('operators')} className={classes.scroll}><Operators board={board} now={now} /></Scroll>
          <Foot trunks={board.trunks} />
        </section>
        <Beside board={board} now={now} />
      </div>
    </div>
  )
}

/** Who waits, what happened, and on a big screen the latest calls. */
function Beside({ board, now }: { board: Now; now: number }) {
  const say = useWords()
  const me = useMe()
  const wide = useSize() === 'wide'
  const news = useHappened(board.seq)
  return (
    <div className={classes.beside}>
      <section className={classes.besideCell} aria-label={say('who_waits')}>
        <div className={classes.head}><h2>{say('who_waits')}</h2><span className={`num ${classes.quiet}`}>{board.waiting.length > 0 && board.waiting.length}</span></div>
        <Scroll label={say('who_waits')} className={classes.scroll}><Waiting board={board} now={now} /></Scroll>
      </section>
      <section className={classes.besideCell} aria-label={say('happened')}>
        <div className={classes.head}><h2>{say('happened')}</h2></div>
        <Scroll label={say('happened')} className={classes.scroll}><HappenedView news={news} /></Scroll>
      </section>
      {wide && may(me, 'see_calls') && (
        <section className={classes.besideCell} aria-label={say('latest')}>
          <div className={classes.head}><h2>{say('latest')}</h2></div>
          <Scroll label={say('latest')} className={classes.scroll}><Latest /></Scroll>
        </section>
      )}
    </div>
  )
}

function Foot({ trunks }: { trunks: readonly BoardTrunk[] }) {
  const say = useWords()
  return (
    <div className={`num ${classes.foot}`}>
      <span>{say('attention_first')}</span>
      <span className={classes.trunks}>
        {trunks.map((trunk) => (
          <span key={trunk.trunk}><Lamp state={lampOf(trunk)} />{say('trunk_busy', { trunk: trunk.title, busy: trunk.busy, most: trunk.most })}</span>
        ))}
      </span>
    </div>
  )
}

function lampOf(trunk: BoardTrunk): LampState {
  if (isDown(trunk)) return 'bad'
  return trunk.up || trunk.busy > 0 ? 'ready' : 'off'
}

function Nobody() {
  const say = useWords()
  const me = useMe()
  return <EmptyState whole title={say('nobody')} action={may(me, 'administer') && <Button component={Link} to="/set-up/queues">{say('to_queues')}</Button>}>{say('nobody_text')}</EmptyState>
}
