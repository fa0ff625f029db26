import { Anchor, SegmentedControl, Select } from '@mantine/core'
import { DayField } from '~/kit/when'
import { inLanguage, useLanguage } from '~/kit/words'
import { useKinds } from '../changes/Changes'
import { useThings } from '../frame/things'
import classes from './audit.module.css'
import { dayOf, type Span, SPANS } from './span'
import { useThingTitle } from './titles'
import { useWords } from './words'

/** What is looked for; `key` only together with its kind. */
export interface Wanted {
  kind: string | null
  by: string | null
  key: string | null
  span: Span
  /** Days, where the span is one of days. */
  first: string
  last: string
}

/** What is in the audit, but can't be configured. */
const OTHER_KINDS = ['session', 'token', 'record', 'recording', 'message', 'call', 'address', 'contact'] as const
/** Stands for everything with sign-ins, of which there are more than of all the rest. */
export const WITH_SIGN_INS = '*'

export function Filters({ wanted, change }: { wanted: Wanted; change: (part: Partial<Wanted>) => void }) {
  const say = useWords()
  return (
    <div className={classes.filters}>
      <KindFilter value={wanted.kind} onChange={(kind) => change({ kind, key: null })} />
      <PersonFilter value={wanted.by} onChange={(by) => change({ by })} />
      <div>
        <div className={classes.label} id="audit-when">{say('when')}</div>
        <SegmentedControl aria-labelledby="audit-when" value={wanted.span} data={SPANS.map((span) => ({ value: span, label: say(span === 'dates' ? 'span' : span) }))}
          onChange={(span) => change({ span: span as Span, ...(span === 'dates' && wanted.last === '' && { first: dayOf(new Date()), last: dayOf(new Date()) }) })} />
      </div>
      {wanted.span === 'dates' && (
        <>
          <DayField w={140} label={say('from')} value={wanted.first} maxDate={wanted.last || undefined} onChange={(first) => change({ first })} />
          <DayField w={140} label={say('until')} value={wanted.last} minDate={wanted.first || undefined} onChange={(last) => change({ last })} />
        </>
      )}
      {wanted.key !== null && <OneThing kind={wanted.kind ?? ''} thing={wanted.key} forget={() => change({ key: null, kind: null })} />}
    </div>
  )
}

interface FilterProps {
  value: string | null
  onChange: (value: string | null) => void
}

function KindFilter({ value, onChange }: FilterProps) {
  const say = useWords()
  useLanguage()
  const kinds = useKinds().data ?? []
  const data = [{ value: WITH_SIGN_INS, label: say('with_sign_ins') }, ...kinds.map(({ kind, title }) => ({ value: kind as string, label: inLanguage(title) })), ...OTHER_KINDS.map((kind) => ({ value: kind, label: say(`kind_${kind}`) }))]
  return <Select w={230} label={say('kind')} placeholder={say('every_kind')} searchable clearable data={data} value={value} onChange={onChange} />
}

function PersonFilter({ value, onChange }: FilterProps) {
  const say = useWords()
  const { data: users = [] } = useThings('user')
  return <Select w={210} label={say('who')} placeholder={say('everybody')} searchable clearable value={value} onChange={onChange} data={users.map(({ thing }) => ({ value: thing.id, label: thing.name }))} />
}

function OneThing({ kind, thing, forget }: { kind: string; thing: string; forget: () => void }) {
  const say = useWords()
  const title = useThingTitle()
  return <p className={classes.one}>{say('one_thing', { title: title(kind, thing) })} · <Anchor component="button" type="button" fz="inherit" onClick={forget}>{say('every_thing')}</Anchor></p>
}
