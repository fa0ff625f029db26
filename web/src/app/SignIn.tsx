import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { api, done } from '~/api/client'
import { useSigning } from '~/api/session'
import { LanguageChoice } from '~/kit/choices'
import { Note, RefusalNote } from '~/kit/refusals'
import { Mark } from '~/kit/small'
import classes from './app.module.css'
import { useWords } from './words'

/** The way in. */
export function SignIn() {
  const say = useWords()
  const { begun } = useSigning()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({ mutationFn: () => done(api.POST('/api/session', { body: { name, password } })), onSuccess: begun })
  const send = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate()
  }
  return (
    <main className={classes.gate}>
      <form className={classes.gateSheet} onSubmit={send}>
        <Mark />
        <h1 className={classes.gateTitle}>{say('sign_in_title')}</h1>
        <NobodyYet />
        <TextInput label={say('name')} name="name" autoComplete="username" autoFocus required value={name} onChange={(e) => setName(e.currentTarget.value)} />
        <PasswordInput label={say('password')} name="password" autoComplete="current-password" required value={password} onChange={(e) => setPassword(e.currentTarget.value)} />
        <RefusalNote why={signIn.error} />
        <Button type="submit" variant="filled" loading={signIn.isPending}>{say('sign_in')}</Button>
        <LanguageChoice />
      </form>
    </main>
  )
}

/** Nobody can sign in to a house that has no administrator: that is said, and what to do. */
function NobodyYet() {
  const say = useWords()
  const { data } = useQuery({ queryKey: ['first start'], queryFn: () => done(api.GET('/api/first-start')), staleTime: Infinity })
  return data?.wanted ? <Note tone="warn">{say('nobody_yet')} <Link to="/first-start">{say('first_start')}</Link></Note> : null
}
