import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconCoffee, IconLogout, IconPlayerPlay } from '@tabler/icons-react'
import clsx from 'clsx'
import { openPalette } from '~/kit/palette'
import { MeMenu } from '~/kit/MeMenu'
import { KeyHint } from '~/kit/small'
import { STATUS_LAMP } from '~/kit/trade'
import { Lamp } from '~/kit/Lamp'
import { useSecond } from '~/kit/Timer'
import { inLanguage, useLanguage } from '~/kit/words'
import { useWords as useKitWords } from '~/kit/words.kit'
import { LineLamp } from '~/phone/LineLamp'
import type { Desk } from '~/phone/desk'
import { VoicemailButton } from '~/phone/voicemail/VoicemailButton'
import type { Work } from '../work'
import { useWords } from '../words'
import classes from './bar.module.css'
import { LinkLamp } from './LinkLamp'

const TONE: Partial<Record<Desk['state']['status'], string | undefined>> = {
  talking: classes.talk, ringing: classes.warn, reserved: classes.warn, wrap_up: classes.warn, ready: classes.ready, not_connected: classes.warn,
}

/** The state, what comes after it, the queues, and whether line and link hold. */
export function StateBar({ desk, work }: { desk: Desk; work: Work }) {
  const say = useKitWords()
  return (
    <header className={classes.bar}>
      <StateMenu desk={desk} work={work} />
      <After state={desk.state} />
      <span className={classes.rule} />
      <Queues queues={desk.queues} />
      <span className={classes.grow} />
      <VoicemailButton className={classes.lamp} />
      <LineLamp /><LinkLamp switchUp={desk.switch_up} />
      <span className={classes.rule} />
      <UnstyledButton onClick={openPalette} aria-label={say('find')}><KeyHint>Ctrl K</KeyHint></UnstyledButton>
      <MeMenu away="/desk" />
    </header>
  )
}

const BUSY = new Set<Desk['state']['status']>(['talking', 'ringing', 'reserved', 'wrap_up'])

function StateMenu({ desk: { state, breaks }, work }: { desk: Desk; work: Work }) {
  const say = useWords()
  useLanguage()
  const busy = BUSY.has(state.status)
  const word = say(`state.${state.status}`)
  return (
    <Menu position="bottom-start" width={250} trapFocus={false}>
      <Menu.Target>
        <UnstyledButton className={clsx(classes.state, TONE[state.status])} aria-label={say('state_menu', { state: word })}>
          <Lamp state={STATUS_LAMP[state.status]} size={13} />{word}<IconChevronDown size={15} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {!state.signed_in && <Menu.Item leftSection={<IconPlayerPlay size={15} />} onClick={work.begin}>{say('begin_work')}</Menu.Item>}
        {state.signed_in && state.break_kind !== null && <Menu.Item leftSection={<IconPlayerPlay size={15} />} onClick={work.ready}>{say(busy ? 'no_break_after' : 'be_ready')}</Menu.Item>}
        {state.signed_in && <Menu.Label>{say(busy ? 'break_after' : 'break')}</Menu.Label>}
        {state.signed_in && breaks.filter(({ key }) => key !== state.break_kind).map((kind) => (
          <Menu.Item key={kind.key} leftSection={<IconCoffee size={15} />} rightSection={kind.limit && <span className={classes.dim}>{say('minutes', { count: Math.round(kind.limit / 60) })}</span>}
            onClick={() => work.rest(kind.key)}>{inLanguage(kind.title)}</Menu.Item>
        ))}
        {state.signed_in && <><Menu.Divider /><Menu.Item leftSection={<IconLogout size={15} />} onClick={work.end}>{say(busy ? 'end_work_after' : 'end_work')}</Menu.Item></>}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Only while something goes on: what follows then. */
function After({ state }: { state: Desk['state'] }) {
  const say = useWords()
  useLanguage()
  if (state.status === state.after) {
    const reason = state.reason && inLanguage(state.reason)
    return reason && reason !== say(`state.${state.status}`) ? <span className={classes.dim}>{reason}</span> : null
  }
  const after = state.after as 'ready' | 'break' | 'signed_out' | 'not_connected'
  return <span className={classes.dim}>{say(`after.${after}`)}</span>
}

function Queues({ queues }: { queues: Desk['queues'] }) {
  const say = useWords()
  const now = useSecond()
  return (
    <span className={classes.queues}>
      {queues.map((queue) => {
        const late = queue.longest_since !== null && (now - new Date(queue.longest_since).getTime()) / 1000 > queue.norm_within
        return <span key={queue.queue}>{queue.title} {queue.waiting > 0 && <span className={late ? classes.bad : classes.dim}>{say('waiting', { count: queue.waiting })}</span>}</span>
      })}
    </span>
  )
}
