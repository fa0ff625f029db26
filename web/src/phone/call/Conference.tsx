/** Everybody who is in the talk: who speaks, who is muted, who is only being called. */
import { ActionIcon } from '@mantine/core'
import { IconMicrophone, IconMicrophoneOff, IconX } from '@tabler/icons-react'
import { Lamp, type LampState } from '~/kit/Lamp'
import { asPhone } from '~/kit/numbers'
import { muteParty, removeParty } from '../acts'
import type { DeskCall, DeskParty } from '../desk'
import classes from './call.module.css'
import { useWords } from './words'

export function Conference({ call }: { call: DeskCall }) {
  const say = useWords()
  const steers = call.can.includes('steer')
  const there = call.together.filter(({ ringing }) => !ringing).length
  return (
    <section className={classes.padTight} aria-label={say('conference', { count: there })}>
      <ul className={classes.parties}>
        {call.together.map((party) => <One key={party.leg} call={call} party={party} steers={steers} />)}
      </ul>
    </section>
  )
}

const lampOf = ({ ringing, away, muted, speaking }: DeskParty): LampState =>
  ringing ? 'ringing' : away ? 'warn' : muted ? 'hold' : speaking ? 'talking' : 'off'

function One({ call, party, steers }: { call: DeskCall; party: DeskParty; steers: boolean }) {
  const say = useWords()
  const { other, mine, ringing, muted, away, speaking, leg } = party
  const name = mine ? say('party_me') : other.name || (other.number ? asPhone(other.number) : say('someone'))
  const state = ringing ? say('party_rings') : away ? say('party_away') : muted ? say('party_muted') : speaking ? say('party_speaks') : ''
  const mute = say(muted ? 'unmute_party' : 'mute_party')
  return (
    <li className={classes.party}>
      <Lamp state={lampOf(party)} /><span className={classes.quickName}>{name}</span><span className={classes.quickState}>{state}</span>
      {steers && !ringing && (
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={`${mute}: ${name}`} title={mute} onClick={() => void muteParty(call.id, leg, !muted)}>
          {muted ? <IconMicrophoneOff size={16} /> : <IconMicrophone size={16} />}
        </ActionIcon>
      )}
      {steers && !mine && (
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={`${say('remove_party')}: ${name}`} title={say('remove_party')} onClick={() => void removeParty(call.id, leg)}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </li>
  )
}
