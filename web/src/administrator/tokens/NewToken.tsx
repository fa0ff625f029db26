import { Button, Drawer, Group, SegmentedControl, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, done, type Schemas } from '~/api/client'
import { type Right, useMe } from '~/api/session'
import { Note } from '~/kit/refusals'
import { useWords as useKitWords } from '~/kit/words.kit'
import { faultsIn } from '../frame/faults'
import frame from '../frame/frame.module.css'
import { ProjectsField } from '../roles/ProjectsField'
import { RightsField } from '../roles/RightsField'
import classes from './tokens.module.css'
import { useWords } from './words'

type Wish = Schemas['TokenIn']
const LASTING = ['30', '90', '365', '0'] as const

/** What is missing before it is worth asking the server. */
export function missingIn({ title, rights }: Pick<Wish, 'title' | 'rights'>): { title: boolean; rights: boolean } {
  return { title: title.trim() === '', rights: rights.length === 0 }
}

export function NewToken({ close, made }: { close: () => void; made: (token: Schemas['TokenMade']) => void }) {
  const say = useWords()
  const kit = useKitWords()
  const me = useMe()
  const [wish, setWish] = useState<Wish>({ title: '', rights: [], projects: null, days: 365 })
  const [asked, setAsked] = useState(false)
  const make = useMutation({ mutationFn: () => done(api.POST('/api/tokens', { body: { ...wish, title: wish.title.trim() } })), onSuccess: made })
  const change = (part: Partial<Wish>) => setWish({ ...wish, ...part })
  const missing = missingIn(wish)
  const { at, whole } = faultsIn(make.error)
  const send = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (!missing.title && !missing.rights) make.mutate()
  }
  return (
    <Drawer opened onClose={close} position="right" size={480} title={say('add')} closeButtonProps={{ 'aria-label': kit('close') }}>
      <form className={frame.form} onSubmit={send} noValidate>
        <TextInput data-autofocus label={say('title')} description={say('title_hint')} value={wish.title} maxLength={120} error={(asked && missing.title && say('title_missing')) || at.title}
          onChange={(event) => change({ title: event.currentTarget.value })} />
        <RightsField label={say('rights')} among={me.rights as Right[]} value={wish.rights} onChange={(rights) => change({ rights })} error={(asked && missing.rights ? say('rights_missing') : undefined) ?? at.rights} />
        <ProjectsField value={wish.projects ?? null} onChange={(projects) => change({ projects })} error={at.projects} />
        <div className={classes.lasts}>
          <div className={classes.label} id="token-lasts">{say('lasts')}</div>
          <SegmentedControl aria-labelledby="token-lasts" value={String(wish.days ?? 0)} onChange={(days) => change({ days: Number(days) || null })}
            data={LASTING.map((days) => ({ value: days, label: say(`days_${days}`) }))} />
        </div>
        {whole.map((words) => <Note key={words} tone="bad">{words}</Note>)}
        <Group gap="xs" justify="flex-end">
          <Button onClick={close}>{kit('cancel')}</Button>
          <Button type="submit" variant="filled" loading={make.isPending}>{say('make')}</Button>
        </Group>
      </form>
    </Drawer>
  )
}
