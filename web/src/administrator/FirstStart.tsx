import { Button, Loader, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { api, done } from '~/api/client'
import { isRefused } from '~/api/problem'
import { useSigning } from '~/api/session'
import { LanguageChoice } from '~/kit/choices'
import { RefusalNote, sentenceOf } from '~/kit/refusals'
import { EmptyState, Mark } from '~/kit/small'
import { useLanguage } from '~/kit/words'
import classes from './first/first.module.css'
import { useWords } from './first/words'
import { faultsIn } from './frame/faults'
import { keyFrom } from './frame/keys'

/** The very first page of a house: makes the first administrator, and goes on to the first steps. */
export function FirstStart() {
  const say = useWords()
  const wanted = useQuery({ queryKey: ['first start'], queryFn: () => done(api.GET('/api/first-start')), staleTime: Infinity })
  if (wanted.isPending) return <main className={classes.gate}><Loader size="sm" color="var(--ink3)" /></main>
  return (
    <main className={classes.gate}>
      {wanted.error ? <RefusalNote why={wanted.error} /> : wanted.data.wanted ? <FirstForm /> : (
        <EmptyState title={say('not_wanted')} action={<Button variant="filled" component={Link} to="/">{say('to_sign_in')}</Button>}>{say('not_wanted_text')}</EmptyState>
      )}
    </main>
  )
}

interface Typed {
  name: string
  /** null: made from the name. */
  id: string | null
  password: string
  code: string
}

function FirstForm() {
  const say = useWords()
  const [query] = useSearchParams()
  const printed = query.get('code')
  const [typed, setTyped] = useState<Typed>({ name: '', id: null, password: '', code: printed ?? '' })
  const id = typed.id ?? keyFrom(typed.name, new Set(), 'admin')
  const { making, faults } = useMaking(typed, id)
  const set = (part: Partial<Typed>) => { setTyped({ ...typed, ...part }); making.reset() }
  const send = (event: FormEvent) => { event.preventDefault(); making.mutate() }
  return (
    <form className={classes.sheet} onSubmit={send} noValidate>
      <Mark />
      <h1 className={classes.title}>{say('title')}</h1>
      <p className={classes.text}>{say('text')}</p>
      <TextInput label={say('name')} description={say('name_hint')} autoComplete="name" autoFocus value={typed.name} error={faults.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <TextInput label={say('sign_in')} description={say('sign_in_hint')} autoComplete="username" value={id} error={faults.id} onChange={(event) => set({ id: event.currentTarget.value })} />
      <PasswordInput label={say('password')} description={say('password_hint')} autoComplete="new-password" value={typed.password} error={faults.password} onChange={(event) => set({ password: event.currentTarget.value })} />
      {(printed === null || faults.code) && <TextInput label={say('code')} description={say('code_hint')} autoComplete="off" value={typed.code} error={faults.code} onChange={(event) => set({ code: event.currentTarget.value })} />}
      {faults.whole && <RefusalNote why={making.error} />}
      <Button type="submit" variant="filled" loading={making.isPending}>{say('begin')}</Button>
      <LanguageChoice />
    </form>
  )
}

type Faults = Partial<Record<keyof Typed | 'whole', string>>

/** What is wrong, beside its field: the password and the code are refused in sentences of their own. */
function asFaults(why: unknown): Faults {
  if (why == null) return {}
  if (isRefused(why, 'password.too_short')) return { password: sentenceOf(why) }
  if (isRefused(why, 'house.not_first')) return { code: sentenceOf(why) }
  const { at, whole } = faultsIn(why)
  return { ...at, ...(whole.length > 0 && { whole: whole.join(' ') }) }
}

function useMaking(typed: Typed, id: string) {
  const say = useWords()
  const language = useLanguage()
  const go = useNavigate()
  const { begun } = useSigning()
  const [empty, setEmpty] = useState<Faults>({})
  const making = useMutation({
    mutationFn: async () => {
      const missing = Object.fromEntries(Object.entries({ name: typed.name, id, password: typed.password, code: typed.code }).filter(([, text]) => text.trim() === '').map(([field]) => [field, say('fill')]))
      setEmpty(missing)
      if (Object.keys(missing).length > 0) return null
      return done(api.POST('/api/first-start', { body: { code: typed.code.trim(), id, name: typed.name.trim(), password: typed.password, language } }))
    },
    onSuccess: (who) => {
      if (!who) return
      begun(who)
      void go('/set-up/guide', { replace: true })
    },
  })
  const faults = { ...asFaults(making.error), ...(making.isSuccess ? empty : {}) }
  return { making, faults }
}
