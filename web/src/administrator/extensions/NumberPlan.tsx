import { Link, useNavigate } from 'react-router'
import { useNaming } from '../changes/Changes'
import { pathOf } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import classes from './extensions.module.css'
import { blocksOf, nextFree } from './plan'
import { targetWords } from './targets'
import { useWhatHappens } from './what'
import { useWords } from './words'

/** All numbers at once: which are free, and what each one does. */
export function NumberPlan() {
  const say = useWords()
  const { data: numbers = [] } = useThings('extension')
  return (
    <div className={classes.plan}>
      <h1 className={classes.planTitle}>{say('plan')}</h1>
      <p className={classes.quiet}>{say('plan_text', { count: numbers.length, free: nextFree(numbers) })} {say('legend')}</p>
      <div className={classes.blocks}>{blocksOf(numbers).map((block) => <Block key={block.prefix} prefix={block.prefix} />)}</div>
      <NumberTable />
    </div>
  )
}

const HUNDRED = Array.from({ length: 100 }, (_, at) => String(at).padStart(2, '0'))

function Block({ prefix }: { prefix: string }) {
  const say = useWords()
  const go = useNavigate()
  const naming = useNaming()
  const { data: numbers = [] } = useThings('extension')
  const used = new Map(numbers.map(({ thing }) => [thing.number, thing]))
  return (
    <section className={classes.block} aria-label={`${prefix}00–${prefix}99`}>
      <h2 className={`num ${classes.blockTitle}`}>{prefix}00–{prefix}99</h2>
      <div className={classes.cells}>
        {HUNDRED.map((rest) => {
          const number = `${prefix}${rest}`
          const thing = used.get(number)
          const title = thing ? say('cell_used', { number, title: targetWords(thing.target, naming) }) : say('cell_free', { number })
          return <button key={rest} type="button" tabIndex={thing ? 0 : -1} className={`num ${classes.cell}`} data-used={thing !== undefined} title={title} aria-label={title}
            onClick={() => void go(thing ? pathOf('extension', number) : `${pathOf('extension', '+')}?number=${number}`)}>{rest}</button>
        })}
      </div>
    </section>
  )
}

function NumberTable() {
  const say = useWords()
  const naming = useNaming()
  const what = useWhatHappens()
  const { data: numbers = [] } = useThings('extension')
  const inOrder = [...numbers].sort((a, b) => a.thing.number.localeCompare(b.thing.number, undefined, { numeric: true }))
  return (
    <table className={classes.table}>
      <thead><tr><th scope="col">{say('column_number')}</th><th scope="col">{say('column_target')}</th><th scope="col">{say('column_where')}</th></tr></thead>
      <tbody>
        {inOrder.map(({ thing: { number, target } }) => (
          <tr key={number}>
            <td className="num"><Link to={pathOf('extension', number)}>{number}</Link></td>
            <td>{targetWords(target, naming)}</td>
            <td className={classes.quiet}>{what(target)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
