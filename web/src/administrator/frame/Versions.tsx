import { Button, Drawer, Loader, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { RefusalNote, tell } from '~/kit/refusals'
import { asMoment } from '~/kit/times'
import { Changes } from '../changes/Changes'
import classes from './frame.module.css'
import { type Kind, keyOf, type OneVersion, things, titleOf, useFreshThings, useTitleOf } from './things'
import type { ThingForm } from './useThingForm'
import { useWords } from './words.frame'

/** `Version 4`; opens all versions, with what each one changed. */
export function Versions<K extends Kind>({ form }: { form: ThingForm<K> }) {
  const say = useWords()
  const [opened, setOpened] = useState(false)
  if (form.version === 0) return null
  const title = titleOf(form.kind, form.published ?? form.value)
  return (
    <>
      <UnstyledButton className={`num ${classes.versionLink}`} onClick={() => setOpened(true)}>{say('version', { version: form.version })}</UnstyledButton>
      <Drawer opened={opened} onClose={() => setOpened(false)} position="right" size={480} title={say('versions', { title })} closeButtonProps={{ 'aria-label': say('done') }}>
        <p className={classes.versionWhen}>{say('versions_hint')}</p>
        {opened && <AllVersions form={form} restored={() => setOpened(false)} />}
      </Drawer>
    </>
  )
}

function AllVersions<K extends Kind>({ form, restored }: { form: ThingForm<K>; restored: () => void }) {
  const say = useWords()
  const fresh = useFreshThings()
  const key = keyOf(form.kind, form.published ?? form.value)
  const versions = useQuery({ queryKey: ['versions', form.kind, key, form.version], queryFn: () => things.versions(form.kind, key) })
  const restoring = useMutation({
    mutationFn: (version: number) => things.restore(form.kind, key, version),
    onSuccess: async (_, version) => {
      form.reset()
      await fresh([form.kind])
      restored()
      tell(say('restored', { version }))
    },
  })
  if (versions.error) return <RefusalNote why={versions.error} />
  if (!versions.data) return <Loader size="sm" mt="md" color="var(--ink3)" />
  return (
    <div>
      <RefusalNote why={restoring.error} />
      {versions.data.map((version, at, all) => (
        <Version key={version.version} version={version} before={all[at + 1]} newest={at === 0} kind={form.kind}
          restore={() => restoring.mutate(version.version)} busy={restoring.isPending} />
      ))}
    </div>
  )
}

interface VersionProps {
  version: OneVersion
  before: OneVersion | undefined
  newest: boolean
  kind: Kind
  restore: () => void
  busy: boolean
}

function Version({ version, before, newest, kind, restore, busy }: VersionProps) {
  const say = useWords()
  const who = useTitleOf('user')
  return (
    <section className={classes.versionItem}>
      <div>
        <div className={classes.versionHead}>{say('version', { version: version.version })}{newest && `, ${say('now')}`}</div>
        <div className={classes.versionWhen}>{asMoment(version.at)}, {who(version.by)}</div>
      </div>
      {!newest && version.thing !== null && <Button size="xs" onClick={restore} disabled={busy}>{say('restore')}</Button>}
      <WhatChanged version={version} before={before} kind={kind} />
    </section>
  )
}

function WhatChanged({ version, before, kind }: Pick<VersionProps, 'version' | 'before' | 'kind'>) {
  const say = useWords()
  if (version.thing === null) return <div className={classes.difference}>{say('removed_version')}</div>
  if (!before?.thing) return <div className={classes.difference}>{say('first_version')}</div>
  return <div style={{ gridColumn: '1 / -1' }}><Changes kind={kind} before={before.thing} after={version.thing} /></div>
}
