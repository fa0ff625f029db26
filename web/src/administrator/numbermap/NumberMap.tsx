import { Button, Loader, TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, done } from '~/api/client'
import { useFreshOn } from '~/api/feed'
import { RefusalNote } from '~/kit/refusals'
import { EmptyState } from '~/kit/small'
import { inLanguage, useLanguage } from '~/kit/words'
import { pathOf } from '../frame/ThingsPage'
import type { Kind } from '../frame/things'
import { useWords as useFrameWords } from '../frame/words.frame'
import { around, found, layout, type Layout, type Line, ofPeople, type Picture, type Placed, type Stop, without } from './layout'
import classes from './numbermap.module.css'
import { useWords } from './words'

const WIDTH = 210
const HEIGHT = 62
const BETWEEN = 120
const GAP = 12
const KEY = ['number-map']

/** One picture of where every number leads. */
export function NumberMap() {
  const say = useWords()
  useFreshOn(KEY, ({ fact }) => fact.kind === 'SetupPublished')
  const { data: picture, error } = useQuery({ queryKey: KEY, queryFn: () => done(api.GET('/api/number-map')) })
  if (error) return <RefusalNote why={error} />
  if (picture === undefined) return <Loader size="sm" color="var(--ink3)" m={20} />
  if (picture.stops.length === 0) {
    return (
      <EmptyState whole title={say('empty')} action={<>
        <Button variant="filled" component={Link} to={pathOf('route', '+')}>{say('add_route')}</Button>{' '}
        <Button component={Link} to={pathOf('extension', '+')}>{say('add_number')}</Button>
      </>}>{say('empty_text')}</EmptyState>
    )
  }
  return <Shown picture={picture} />
}

function Shown({ picture }: { picture: Picture }) {
  const say = useWords()
  const language = useLanguage()
  const [asked, setAsked] = useState('')
  const [all, setAll] = useState(false)
  const plain = useMemo(() => ofPeople(picture), [picture])
  const people = useMemo(() => picture.stops.filter(({ id, kind }) => kind === 'extension' && plain.has(id)).length, [picture, plain])
  const shown = useMemo(() => {
    const words = ({ key, title, note, people: names }: Stop) => [key, title, note?.[language] ?? '', ...names].join(' ')
    return found(all || asked.trim() !== '' ? picture : without(picture, plain), asked, words)
  }, [picture, plain, all, asked, language])
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{say('title')}</h1>
        <TextInput className={classes.find} aria-label={say('find')} placeholder={say('find')} leftSection={<IconSearch size={15} aria-hidden />} value={asked} onChange={(event) => setAsked(event.currentTarget.value)} />
        {people > 0 && asked.trim() === '' && (
          <span className={classes.quiet}>
            {!all && <>{say('people', { count: people })}: </>}
            <UnstyledButton td="underline" fz="inherit" onClick={() => setAll(!all)}>{say(all ? 'hide' : 'show')}</UnstyledButton>
          </span>
        )}
        <span className={classes.grow} />
        <Button component={Link} to="/set-up/routes">{say('test')}</Button>
      </header>
      <div className={classes.scroll}>
        <p className={classes.quiet}>{say('text')}</p>
        {shown.stops.length === 0 ? <EmptyState title={say('nobody_found', { asked: asked.trim() })} /> : <Canvas picture={shown} />}
        <p className={classes.otherwise}>{say('otherwise')}</p>
      </div>
    </div>
  )
}

function Canvas({ picture }: { picture: Picture }) {
  const [over, setOver] = useState<string | null>(null)
  const drawn = useMemo(() => layout(picture), [picture])
  const near = useMemo(() => (over === null ? null : around(picture, over)), [picture, over])
  const titles = useMemo(() => new Map(picture.stops.map(({ id, title }) => [id, title])), [picture])
  return (
    <div className={classes.canvas} style={{ width: drawn.columns * (WIDTH + BETWEEN) - BETWEEN, height: drawn.height * (HEIGHT + GAP) }}>
      <Wires drawn={drawn} near={near} />
      {drawn.placed.map((placed) => (
        <Box key={placed.stop.id} placed={placed} far={near !== null && !near.has(placed.stop.id)} over={setOver}
          leads={drawn.lines.filter(({ start }) => start === placed.stop.id).map(({ end }) => titles.get(end) ?? end)} />
      ))}
    </div>
  )
}

const left = ({ column }: Placed): number => column * (WIDTH + BETWEEN)
const middle = ({ line }: Placed): number => line * (HEIGHT + GAP) + HEIGHT / 2

function Box({ placed, far, leads, over }: { placed: Placed; far: boolean; leads: readonly string[]; over: (id: string | null) => void }) {
  const say = useWords()
  const kindWords = useFrameWords()
  const { id, kind, key, title, people, there } = placed.stop
  const note = useNote(placed.stop)
  const label = [kindWords(`kind_${kind}`), title, note, leads.length > 0 ? say('leads', { names: leads.join(', ') }) : ''].filter((part) => part !== '').join(', ')
  return (
    <Link to={pathOf(kind as Kind, there ? key : '')} className={classes.box} data-there={there} data-far={far} aria-label={label} title={people.length > 2 ? people.join(', ') : note}
      style={{ left: left(placed), top: middle(placed) - HEIGHT / 2, width: WIDTH, height: HEIGHT }}
      onMouseEnter={() => over(id)} onMouseLeave={() => over(null)} onFocus={() => over(id)} onBlur={() => over(null)}>
      <span className={classes.kind}>{kindWords(`kind_${kind}`)}</span>
      <span className={`num ${classes.name}`}>{title}</span>
      {note !== '' && <span className={`num ${classes.note}`}>{note}</span>}
    </Link>
  )
}

function useNote({ kind, note, people, there }: Stop): string {
  const say = useWords()
  useLanguage()
  if (!there) return say('gone')
  if (note !== null) return inLanguage(note)
  if (kind !== 'queue' && kind !== 'group') return ''
  return people.length === 0 ? say('nobody') : people.slice(0, 2).join(', ') + (people.length > 2 ? ` +${people.length - 2}` : '')
}

function Wires({ drawn, near }: { drawn: Layout; near: ReadonlySet<string> | null }) {
  const places = new Map(drawn.placed.map((placed) => [placed.stop.id, placed]))
  return (
    <svg className={classes.wires} width="100%" height="100%" aria-hidden>
      {drawn.lines.map((line) => {
        const start = places.get(line.start)
        const end = places.get(line.end)
        return start && end && <Wire key={`${line.start} ${line.end}`} line={line} start={start} end={end} near={near} nth={nthTo(drawn.lines, line)} />
      })}
    </svg>
  )
}

/** Labels of lines that end at the same box stand one above the other. */
const nthTo = (lines: readonly Line[], line: Line): number => lines.filter(({ end, whys }) => end === line.end && whys.length > 0).indexOf(line)

function Wire({ line, start, end, near, nth }: { line: Line; start: Placed; end: Placed; near: ReadonlySet<string> | null; nth: number }) {
  const say = useWords()
  useLanguage()
  const both = near !== null && near.has(line.start) && near.has(line.end)
  const [x1, y1, x2, y2] = [left(start) + WIDTH, middle(start), left(end), middle(end)]
  const bend = line.back ? BETWEEN * 0.9 : BETWEEN / 2
  const words = line.whys.map((why) => inLanguage(why)).join(' / ')
  return (
    <>
      <path className={classes.wire} data-near={both} data-far={near !== null && !both} data-back={line.back} d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`} />
      {words !== '' && <text className={classes.why} data-far={near !== null && !both} x={x2 - 8} y={y2 - 5 - nth * 13} textAnchor="end">{shortened(words)}</text>}
      {line.back && <text className={classes.why} x={(x1 + x2) / 2} y={(y1 + y2) / 2 + HEIGHT / 2 + 10} textAnchor="middle">{say('round')}</text>}
    </>
  )
}

const FITS = 22
const shortened = (words: string): string => (words.length > FITS ? `${words.slice(0, FITS - 1)}…` : words)
