import { ActionIcon, Anchor, Slider } from '@mantine/core'
import { IconMail, IconMailOpened, IconPhone, IconPlayerPauseFilled, IconPlayerPlayFilled, IconTrash } from '@tabler/icons-react'
import clsx from 'clsx'
import { useNames } from '~/api/names'
import { asPhone } from '~/kit/numbers'
import { RefusalNote, tell } from '~/kit/refusals'
import { EmptyState } from '~/kit/small'
import { asMoment, asTimer } from '~/kit/times'
import { type Message, useBox } from './box'
import { useMessages } from './messages'
import { type Playing, useSound } from './playing'
import classes from './voicemail.module.css'
import { useWords } from './words'

/** One's own messages: who, when, how long; heard, called back, thrown away. */
export function MessageList() {
  const say = useWords()
  const { data, error } = useBox()
  if (!data) return error ? <RefusalNote why={error} /> : null
  return data.items.length === 0 ? <EmptyState title={say('empty')}>{say('empty_text')}</EmptyState> : <Messages items={data.items} />
}

/** These messages. */
export function Messages({ items }: { items: readonly Message[] }) {
  const say = useWords()
  const { remove, takeBack, mark, callBack, fresh } = useMessages()
  const sound = useSound(() => void fresh())
  const undo = (message: Message) => <Anchor component="button" fz="inherit" onClick={() => takeBack.mutate(message)}>{say('take_back')}</Anchor>
  // By promise: with the last message this list is gone, and so would be what it waits for.
  const throwAway = (message: Message) => void remove.mutateAsync(message).then(() => tell(say('removed'), 'ready', undo(message)), () => undefined)
  return (
    <ul className={classes.list}>
      {items.map((message) => (
        <Line key={message.id} message={message} now={sound.now.message === message.id ? sound.now : null} toggle={() => sound.toggle(message.id)} seek={sound.seek}
          callBack={() => callBack.mutate(message)} mark={(heard) => mark.mutate({ id: message.id, heard })} remove={() => throwAway(message)} />
      ))}
    </ul>
  )
}

interface LineProps {
  message: Message
  /** While it is the one that is heard. */
  now: Playing | null
  toggle: () => void
  seek: (position: number) => void
  callBack: () => void
  mark: (heard: boolean) => void
  remove: () => void
}

function Line({ message, now, toggle, seek, callBack, mark, remove }: LineProps) {
  const say = useWords()
  const name = useCaller(message)
  const { number } = message.caller
  return (
    <li className={classes.line}>
      <ActionIcon size={34} variant="default" radius="xl" aria-label={say(now?.playing ? 'pause' : 'play', { name })} onClick={toggle}>
        {now?.playing ? <IconPlayerPauseFilled size={15} /> : <IconPlayerPlayFilled size={15} />}
      </ActionIcon>
      <div className={classes.about}>
        <span className={classes.who}>
          {!message.heard && <span className={classes.fresh} role="img" aria-label={say('unheard')} />}
          <b className={clsx(!message.heard && classes.unheard)}>{name}</b>
        </span>
        <span className={classes.dim}>{[number && asPhone(number) !== name ? asPhone(number) : '', asMoment(message.at)].filter(Boolean).join(' · ')}</span>
      </div>
      <span className={clsx('num', classes.length)}>{asTimer(now ? now.position : message.seconds)}</span>
      <span className={classes.acts}>
        {number && <ActionIcon variant="subtle" color="gray" aria-label={say('call_back', { name })} onClick={callBack}><IconPhone size={17} /></ActionIcon>}
        <ActionIcon variant="subtle" color="gray" aria-label={say(message.heard ? 'not_heard' : 'heard', { name })} onClick={() => mark(!message.heard)}>
          {message.heard ? <IconMail size={17} /> : <IconMailOpened size={17} />}
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" aria-label={say('remove', { name })} onClick={remove}><IconTrash size={17} /></ActionIcon>
      </span>
      {now && !now.failed && (
        <Slider className={classes.place} size="sm" color="var(--ink)" label={null} min={0} max={message.seconds} step={0.1} value={Math.min(now.position, message.seconds)} onChange={seek}
          thumbLabel={say('position', { name })} />
      )}
      {now?.failed && <p className={classes.failed} role="alert">{say('not_played')}</p>}
    </li>
  )
}

/** One of us by name, others by what is known of them. */
function useCaller({ caller }: Message): string {
  const say = useWords()
  const names = useNames()
  return (caller.user ? names.user(caller.user) : caller.name || asPhone(caller.number)) || say('withheld')
}
