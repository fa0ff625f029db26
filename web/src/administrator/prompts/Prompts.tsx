import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, done } from '~/api/client'
import { Effect, Wide } from '../frame/fields'
import { keyFrom } from '../frame/keys'
import { ThingPane } from '../frame/ThingPane'
import { type PaneProps, pathOf, type Section, ThingsPage } from '../frame/ThingsPage'
import { type Thing, things, useThings } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import { BuiltIn } from './BuiltIn'
import { heardIn, type Language, LANGUAGES, usesOf } from './heard'
import { sendSound } from './sending'
import { InLanguage, type Waiting, WaitingSounds } from './Sounds'
import { useWords } from './words'

/** Which scenarios play each prompt. */
function useUses() {
  const { data: scenarios = [] } = useThings('scenario')
  const { data: components = [] } = useQuery({ queryKey: ['components'], queryFn: () => done(api.GET('/api/components')), staleTime: Infinity })
  return useMemo(() => usesOf(scenarios.map(({ thing }) => thing as never), components), [scenarios, components])
}

/** The company's own language first. */
function useLanguages(): Language[] {
  const { data: company = [] } = useThings('company')
  const own = (company[0]?.thing.language ?? 'ru') as Language
  return useMemo(() => [own, ...LANGUAGES.filter((language) => language !== own)], [own])
}

export function Prompts() {
  const say = useWords()
  const uses = useUses()
  const languages = useLanguages()
  const section = useMemo<Section<'prompt'>>(() => ({
    kind: 'prompt', name: say('name'), add: say('add'), empty: { title: say('empty'), text: say('empty_text') },
    row: (prompt) => {
      const recorded = LANGUAGES.filter((language) => prompt.files?.[language])
      const used = uses.get(prompt.id) ?? []
      const [only] = used
      return {
        title: prompt.title, also: Object.values(prompt.words ?? {}).join(' '), detail: recorded.join(', '), lamp: recorded.length > 0 || prompt.builtin ? undefined : 'warn',
        group: only === undefined ? say('group_unused') : used.length > 1 ? say('group_several') : say('group_used', { title: only.title }),
      }
    },
    blank: (taken) => ({ id: keyFrom('', taken, 'prompt'), title: '', words: {}, files: {}, builtin: null }),
    Form: ({ form }) => <Form form={form} languages={languages} />,
    Pane: PromptPane,
  }), [say, uses, languages])
  return <ThingsPage section={section} />
}

/** A new prompt takes its sounds along. */
function PromptPane(props: PaneProps<'prompt'>) {
  const [waiting, setWaiting] = useState<Waiting>({})
  const context = useMemo(() => ({ waiting, wait: (language: Language, sound: Blob, name: string) => setWaiting((now) => ({ ...now, [language]: { sound, name } })) }), [waiting])
  const save = async (prompt: Thing<'prompt'>, basedOn: number | null) => {
    const published = await things.put('prompt', prompt, basedOn)
    for (const [language, { sound, name }] of Object.entries(waiting)) {
      await sendSound({ prompt: prompt.id, language: language as Language }, sound, name, { onProgress: () => undefined, onConvert: () => undefined, signal: new AbortController().signal })
    }
    setWaiting({})
    // The version of the words, not of the sounds: the sounds then come as something newer and are taken over.
    return published
  }
  return <WaitingSounds.Provider value={context}><ThingPane {...props} save={save} alsoDirty={Object.keys(waiting).length > 0} alsoReset={() => setWaiting({})} /></WaitingSounds.Provider>
}

function Form({ form, languages }: { form: ThingForm<'prompt'>; languages: readonly Language[] }) {
  return (
    <>
      <Wide><TextInput maw={372} {...form.text('title')} autoFocus={form.isNew} /></Wide>
      <PromptEffect form={form} languages={languages} />
      {languages.map((language) => <InLanguage key={language} form={form} language={language} />)}
      <BuiltIn form={form} />
    </>
  )
}

/** What callers will hear, and where. */
function PromptEffect({ form, languages }: { form: ThingForm<'prompt'>; languages: readonly Language[] }) {
  const say = useWords()
  const uses = useUses().get(form.value.id) ?? []
  const [company = 'ru'] = languages
  if (form.isNew) return null
  const sentence = (language: Language) => {
    const heard = heardIn(language, form.value, company)
    const to = say(`language_${language}`)
    if (heard.what === 'nothing') return say('hears_nothing', { language: to })
    if (heard.what === 'builtin') return say('hears_builtin', { language: to, name: heard.name })
    return say(heard.in === language ? 'hears' : 'hears_instead', { language: to, sound: say(`recording_${heard.in}`) })
  }
  return (
    <Effect>
      {languages.every((language) => form.value.files?.[language]) ? say('hears_own') : languages.map(sentence).join(' ')}{' '}
      {uses.length === 0 ? say('played_nowhere') : <>{say('played_in')} {uses.map(({ id, title }, at) => <span key={id}>{at > 0 && ', '}<Link to={pathOf('scenario', id)}>{title}</Link></span>)}.</>}
    </Effect>
  )
}
