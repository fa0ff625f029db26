import { TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useNaming } from '../changes/Changes'
import { withBold } from '../frame/bold'
import { Effect, Wide } from '../frame/fields'
import { pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import classes from './extensions.module.css'
import { NumberPlan } from './NumberPlan'
import { FORM, nextFree, overlapping } from './plan'
import { TargetField } from './TargetField'
import { targetWords } from './targets'
import { useWhatHappens } from './what'
import { useWords } from './words'

/** Every number of the house, and where it leads. */
export function Extensions() {
  const say = useWords()
  const naming = useNaming()
  const [query] = useSearchParams()
  const wanted = query.get('number') ?? ''
  const mode = query.get('mode')
  const { data: numbers = [] } = useThings('extension')
  const free = nextFree(numbers)
  const section = useMemo<Section<'extension'>>(() => ({
    kind: 'extension', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: ({ number, target }) => ({ title: number, detail: targetWords(target, naming), also: targetWords(target, naming) }),
    blank: () => ({ number: wanted || free, target: mode === null ? { kind: 'user', key: '' } : { kind: 'mode', key: mode } }),
    check: ({ number, target }): Record<string, string> => ({
      ...(FORM.test(number) ? {} : { number: say('number_form') }), ...(target.key === '' ? { 'target.key': say('choose_target') } : {}),
    }),
    Form, nothingChosen: <NumberPlan />,
  }), [say, naming, wanted, mode, free])
  return <ThingsPage section={section} />
}

function Form({ form }: { form: ThingForm<'extension'> }) {
  const say = useWords()
  const { target } = form.value
  return (
    <>
      {form.isNew && <NumberField form={form} />}
      {form.isNew && <div />}
      <Wide>
        <TargetField label={form.label('target')} value={target} error={form.error('target.key') ?? form.error('target')} but={form.value.number}
          onChange={(chosen) => form.change({ target: chosen })} />
      </Wide>
      <What form={form} />
      {!form.isNew && <Wide><UsedBy number={form.value.number} /><p className={classes.quiet}>{say('number_fixed')}</p></Wide>}
    </>
  )
}

function NumberField({ form }: { form: ThingForm<'extension'> }) {
  const say = useWords()
  const naming = useNaming()
  const { data: numbers = [] } = useThings('extension')
  const { number } = form.value
  const holder = numbers.find(({ thing }) => thing.number === number)?.thing
  const other = overlapping(number, numbers)
  const fault = holder && say('number_taken', { number, title: targetWords(holder.target, naming) })
  const text = form.text('number')
  return (
    <TextInput {...text} className="num" inputMode="tel" autoFocus error={fault ?? text.error}
      description={other && say('number_overlaps', { other, shorter: other.length < number.length ? other : number })} />
  )
}

function What({ form }: { form: ThingForm<'extension'> }) {
  const say = useWords()
  const naming = useNaming()
  const what = useWhatHappens()
  const { number, target } = form.value
  if (target.key === '' || number === '') return null
  return <Effect>{withBold(say('effect', { number, target: targetWords(target, naming), what: what(target) }))}</Effect>
}

/** Who else names this number. */
function UsedBy({ number }: { number: string }) {
  const say = useWords()
  const { data: company } = useThings('company')
  const { data: numbers = [] } = useThings('extension')
  const leading = numbers.filter(({ thing }) => thing.target.kind === 'extension' && thing.target.key === number)
  const isLast = company?.[0]?.thing.last_resort === number
  if (!isLast && leading.length === 0) return null
  return (
    <p>
      {say('also_by')}{' '}
      {isLast && <Link to="/set-up/company">{say('last_resort')}</Link>}{isLast && leading.length > 0 && ', '}
      {leading.map(({ thing }, at) => <span key={thing.number}>{at > 0 && ', '}<Link to={pathOf('extension', thing.number)}>{thing.number}</Link></span>)}
    </p>
  )
}
