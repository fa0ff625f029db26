import { Menu, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, done, type Schemas } from '~/api/client'
import { useFreshOn } from '~/api/feed'
import { may, useMe } from '~/api/session'
import { Lamp } from '../Lamp'
import { tellRefusal } from '../refusals'
import { inLanguage, useLanguage } from '../words'
import classes from './modes.module.css'
import { useWords } from './words'

type ModeNow = Schemas['ModeNow']
const NOW = ['modes now']
const SIDES = ['day', 'night', 'by_itself'] as const

/** How the switches between day and night stand; fresh once somebody throws one. */
export function useModesNow() {
  useFreshOn(NOW, ({ fact }) => fact.kind === 'ModeThrown' || fact.kind === 'SetupPublished')
  return useQuery({ queryKey: NOW, queryFn: () => done(api.GET('/api/modes/-/live')), refetchInterval: 60_000 })
}

/** One switch: how it is thrown, what it says and why. */
export function ModeSwitch({ mode }: { mode: ModeNow }) {
  const say = useWords()
  const queries = useQueryClient()
  useLanguage()
  const thrown = useMutation({
    mutationFn: (to: ModeNow['position']) => done(api.POST('/api/modes/{key}/throw', { params: { path: { key: mode.mode } }, body: { to } })),
    onSettled: () => queries.invalidateQueries({ queryKey: NOW }), onError: tellRefusal,
  })
  return (
    <div className={classes.mode}>
      <SegmentedControl size="xs" fullWidth aria-label={mode.title} value={thrown.isPending ? thrown.variables : mode.position} onChange={(to) => thrown.mutate(to as ModeNow['position'])}
        data={SIDES.map((value) => ({ value, label: say(value) }))} />
      <p className={classes.why} role="status"><Lamp state={mode.says === 'day' ? 'ready' : 'off'} size={9} />{inLanguage(mode.why)}</p>
    </div>
  )
}

/** In the menu of whoever may throw them. */
export function ModesInMenu() {
  return may(useMe(), 'throw_modes') ? <Listed /> : null
}

function Listed() {
  const say = useWords()
  const { data: modes = [] } = useModesNow()
  if (modes.length === 0) return null
  return (
    <>
      <Menu.Label>{say('modes')}</Menu.Label>
      {modes.map((mode) => <div key={mode.mode} className={classes.inMenu}><ModeSwitch mode={mode} /></div>)}
    </>
  )
}
