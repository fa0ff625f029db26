import { Anchor, Loader, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useRef, useState } from 'react'
import { RefusalNote } from '~/kit/refusals'
import { asMoment } from '~/kit/times'
import { Heading, Wide } from '../frame/fields'
import { things, useTitleOf } from '../frame/things'
import type { ThingForm } from '../frame/useThingForm'
import type { Language } from './heard'
import { Player } from './Player'
import classes from './prompts.module.css'
import { useObjectUrl } from './RecordPanel'
import { type Sending, useSending } from './sending'
import { SoundBox } from './SoundBox'
import { useWords } from './words'

type Form = ThingForm<'prompt'>
export type Waiting = Partial<Record<Language, { sound: Blob; name: string }>>

/** Sounds of a prompt that is not created yet: they are sent with it. */
export const WaitingSounds = createContext<{ waiting: Waiting; wait: (language: Language, sound: Blob, name: string) => void }>({ waiting: {}, wait: () => undefined })

export const soundOf = (prompt: string, language: Language, version: number): string => `/api/prompts/${encodeURIComponent(prompt)}/${language}/sound?version=${version}`

/** Words and sound in one language. */
export function InLanguage({ form, language }: { form: Form; language: Language }) {
  const say = useWords()
  const words = form.value.words?.[language] ?? ''
  const write = (text: string) => form.change({ words: { ...Object.fromEntries(Object.entries(form.value.words ?? {}).filter(([key]) => key !== language)), ...(text !== '' && { [language]: text }) } })
  return (
    <>
      <Heading>{say(language)}</Heading>
      <Wide>
        <Textarea label={say(`words_${language}`)} description={say('words_hint')} autosize minRows={2} maxRows={8} value={words} error={form.error(`words.${language}`)} onChange={(event) => write(event.currentTarget.value)} />
      </Wide>
      <Wide>{form.isNew ? <NewSound form={form} language={language} words={words} /> : <KeptSound form={form} language={language} words={words} />}</Wide>
    </>
  )
}

interface SoundProps {
  form: Form
  language: Language
  words: string
}

/** Before the prompt is created its sounds wait; a file names the prompt that has no title yet. */
function NewSound({ form, language, words }: SoundProps) {
  const say = useWords()
  const { waiting, wait } = useContext(WaitingSounds)
  const [why, setWhy] = useState<unknown>(null)
  const own = waiting[language]
  const take = (sound: Blob, name: string) => {
    setWhy(null)
    wait(language, sound, name)
    if (form.value.title === '' && sound instanceof File) form.change({ title: name.replace(/\.[^.]+$/, '') })
  }
  return (
    <SoundBox name={say(`sound_${language}`)} words={words} filled={own !== undefined} take={take} refuse={setWhy} sending={why ? { state: 'refused', why } : { state: 'idle' }} stop={() => undefined}>
      {own ? <Pending own={own} name={say(`sound_${language}`)} /> : <p className={classes.hint}>{say('none')}</p>}
    </SoundBox>
  )
}

function Pending({ own, name }: { own: { sound: Blob; name: string }; name: string }) {
  const say = useWords()
  const src = useObjectUrl(own.sound)
  return <><Player src={src} name={name} /><p className={classes.hint}>{say('pending', { name: own.name })}</p></>
}

function KeptSound({ form, language, words }: SoundProps) {
  const say = useWords()
  const mine = useRef(new Set<number>())
  const { sending, send, stop, refuse } = useSending({ prompt: form.value.id, language }, ({ version }) => mine.current.add(version))
  const name = say(`sound_${language}`)
  // It is in use once the form has it, too.
  const shown: Sending = sending.state === 'sent' && form.version < sending.uploaded.version ? { state: 'sending', name: sending.name, share: 1 } : sending
  const file = form.value.files?.[language]
  const published = form.published?.files?.[language]
  const { overtaken, putMineOverTheirs } = form
  // What we uploaded ourselves is no other person's change: what was typed meanwhile stays.
  useEffect(() => { if (overtaken && mine.current.has(overtaken.version)) putMineOverTheirs() }, [overtaken, putMineOverTheirs])
  const drop = () => form.change({ files: Object.fromEntries(Object.entries(form.value.files ?? {}).filter(([key]) => key !== language)) })
  return (
    <SoundBox name={name} words={words} filled={file !== undefined} take={(sound, called) => void send(sound, called)} refuse={refuse} sending={shown} stop={stop}>
      {file !== undefined && file === published && <Player src={soundOf(form.value.id, language, form.version)} name={name} />}
      {file === undefined && <p className={classes.hint}>{say(published === undefined ? 'none' : 'removed_until_saved')}</p>}
      <div className={classes.links}>
        {file !== undefined && <Anchor component="button" type="button" fz="inherit" onClick={drop}>{say('remove')}</Anchor>}
        <Earlier form={form} language={language} />
      </div>
    </SoundBox>
  )
}

/** What was heard before: to listen to, and to bring back. */
function Earlier({ form, language }: { form: Form; language: Language }) {
  const say = useWords()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Anchor component="button" type="button" fz="inherit" aria-expanded={opened} onClick={() => setOpened(!opened)}>{say('earlier')}</Anchor>
      {opened && <EarlierList form={form} language={language} />}
    </>
  )
}

function EarlierList({ form, language }: { form: Form; language: Language }) {
  const say = useWords()
  const who = useTitleOf('user')
  const { id, files = {} } = form.value
  const { data, error } = useQuery({ queryKey: ['versions', 'prompt', id, form.version], queryFn: () => things.versions('prompt', id) })
  if (error) return <RefusalNote why={error} />
  if (!data) return <Loader size="xs" color="var(--ink3)" />
  const sounds = soundsIn(data, language).filter(({ file }) => file !== files[language])
  if (sounds.length === 0) return <p className={classes.earlier}>{say('earlier_none')}</p>
  return (
    <ul className={classes.earlier}>
      {sounds.map(({ file, version, at, by }) => (
        <li key={file}>
          <span className="num">{asMoment(at)}</span><span>{who(by)}</span>
          <Player src={soundOf(id, language, version)} name={`${say('earlier')}, ${asMoment(at)}`} />
          <Anchor component="button" type="button" fz="inherit" onClick={() => form.change({ files: { ...files, [language]: file } })}>{say('earlier_use')}</Anchor>
        </li>
      ))}
    </ul>
  )
}

interface Kept {
  file: string
  version: number
  at: string
  by: string
}

/** Each sound that ever was in this language, once, with the version in which it was new; the newest first. */
export function soundsIn(versions: readonly { version: number; at: string; by: string; thing: Record<string, unknown> | null }[], language: Language): Kept[] {
  const found = new Map<string, Kept>()
  for (const { version, at, by, thing } of [...versions].sort((a, b) => a.version - b.version)) {
    const file = (thing?.files as Record<string, string> | undefined)?.[language]
    if (file !== undefined && !found.has(file)) found.set(file, { file, version, at, by })
  }
  return [...found.values()].reverse()
}
