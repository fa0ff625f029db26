import { UnstyledButton } from '@mantine/core'
import { api, done } from '~/api/client'
import { tell, tellRefusal } from '~/kit/refusals'
import { say as sayKit } from '~/kit/words.kit'
import type { BoardOperator } from './live'
import { say } from './words'
import classes from './board.module.css'

type Who = Pick<BoardOperator, 'user' | 'name' | 'break_kind'>

const at = (user: string) => ({ params: { path: { key: user } } })
const ask = {
  break: (user: string, kind: string) => done(api.POST('/api/operators/{key}/break', { ...at(user), body: { kind } })),
  ready: (user: string) => done(api.POST('/api/operators/{key}/ready', at(user))),
  signOut: (user: string) => done(api.POST('/api/operators/{key}/sign-out', at(user))),
  signIn: (user: string) => done(api.POST('/api/operators/{key}/sign-in', at(user))),
}

/** Do it, say so, and offer to undo it. */
function act(asked: Promise<unknown>, told: string, undo?: () => Promise<unknown>): void {
  asked.then(() => tell(told, 'ready', undo && <Undo undo={undo} />), tellRefusal)
}

function Undo({ undo }: { undo: () => Promise<unknown> }) {
  return <UnstyledButton className={classes.undo} onClick={() => void undo().catch(tellRefusal)}>{sayKit('undo')}</UnstyledButton>
}

/** What a supervisor can wish for an operator. */
export function useSteering() {
  return {
    sendOnBreak: (who: Who, kind: string) => act(ask.break(who.user, kind), say('done.break', { operator: who.name }), () => ask.ready(who.user)),
    makeReady: (who: Who) => {
      const before = who.break_kind
      const undo = before !== null && before !== 'missed_call' ? () => ask.break(who.user, before) : undefined
      act(ask.ready(who.user), say('done.ready', { operator: who.name }), undo)
    },
    endWork: (who: Who) => act(ask.signOut(who.user), say('done.sign_out', { operator: who.name }), () => ask.signIn(who.user)),
    beginWork: (who: Who) => act(ask.signIn(who.user), say('done.sign_in', { operator: who.name }), () => ask.signOut(who.user)),
  }
}
