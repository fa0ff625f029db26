import { Button, Select, Switch, TextInput } from '@mantine/core'
import { IconCheck, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { inLanguage, useLanguage } from '~/kit/words'
import { replaced } from '../frame/lists'
import { blankDisposition, type Disposition, parentsFor, rekeyed, renamed, type Title, withoutDisposition } from './card'
import classes from './cards.module.css'
import { useEditing } from './editing'
import { Rows } from './Rows'
import { TwoWords } from './TwoWords'
import { useWords } from './words'

/** How deep a result lies within others. */
function depthIn(all: readonly Disposition[], one: Disposition): number {
  let depth = 0
  for (let at = one.parent; at && depth <= all.length; at = all.find(({ key }) => key === at)?.parent) depth += 1
  return depth
}

export function Results() {
  const say = useWords()
  const { card, change, error, wrongIn } = useEditing()
  const [opened, open] = useState<number | null>(null)
  useLanguage()
  const all = card.dispositions ?? []
  const set = (dispositions: Disposition[]) => change({ dispositions, ...(dispositions.length === 0 && { disposition_required: false }) })
  const add = () => {
    set([...all, blankDisposition(all.map(({ key }) => key))])
    open(all.length)
  }
  return (
    <>
      <p className={classes.hint}>{say('results_hint')}</p>
      <Rows label={say('results')} rows={all} onChange={set} drop={(one) => withoutDisposition(all, one.key)} opened={opened} open={open} titleOf={(one) => inLanguage(one.title) || say('result_new')}
        detailOf={(one) => <>{one.success && <><IconCheck size={13} aria-hidden /> {say('success_short')}</>}{one.final === false && ` ${say('not_final_short')}`}</>}
        faultIn={(at) => wrongIn(`dispositions.${at}`)} depthOf={(one) => depthIn(all, one)}>
        {(one, at) => <ResultEditor one={one} at={at} />}
      </Rows>
      <div className={classes.inline}>
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={add}>{say('add_result')}</Button>
        <Switch size="xs" label={<RequiredLabel />} disabled={all.length === 0} checked={card.disposition_required ?? false} onChange={(event) => change({ disposition_required: event.currentTarget.checked })} />
      </div>
      {error('dispositions') && <p className={classes.fault}>{error('dispositions')}</p>}
    </>
  )
}

function RequiredLabel() {
  const { label } = useEditing()
  return <>{label('disposition_required')}</>
}

function ResultEditor({ one, at }: { one: Disposition; at: number }) {
  const say = useWords()
  const language = useLanguage()
  const { card, change, error, fixed } = useEditing()
  const all = card.dispositions ?? []
  const set = (part: Partial<Disposition>) => {
    const changed = replaced(all, at, { ...one, ...part })
    change({ dispositions: part.key === undefined || part.key === one.key ? changed : rekeyed(changed, one.key, part.key) })
  }
  const isFixed = fixed.dispositions.has(one.key)
  const others = all.filter((_, n) => n !== at).map(({ key }) => key)
  const wrong = (path: string) => error(`dispositions.${at}.${path}`)
  const name = (title: Title) => set(renamed(one, title, language, others, isFixed, 'result'))
  return (
    <>
      <TwoWords autoFocus={inLanguage(one.title) === ''} value={one.title} onChange={name} error={(of) => wrong(`title.${of}`) ?? (of === language ? wrong('title') : undefined)} />
      <Switch size="xs" label={say('success')} checked={one.success ?? false} onChange={(event) => set({ success: event.currentTarget.checked })} />
      <Switch size="xs" label={say('final')} checked={one.final ?? true} onChange={(event) => set({ final: event.currentTarget.checked })} />
      <Select<string> label={say('parent')} description={say('parent_hint')} placeholder={say('parent_none')} clearable data={parentsFor(all, one.key).map(({ key, title }) => ({ value: key, label: inLanguage(title) || key }))}
        value={one.parent ?? null} error={wrong('parent')} onChange={(parent) => set({ parent })} />
      <TextInput className={isFixed ? classes.fixed : undefined} label={say('key')} description={say(isFixed ? 'key_fixed' : 'key_hint')} readOnly={isFixed} value={one.key} error={wrong('key')} onChange={(event) => set({ key: event.currentTarget.value })} />
      {error(`dispositions.${at}`) && <p className={classes.fault}>{error(`dispositions.${at}`)}</p>}
    </>
  )
}
