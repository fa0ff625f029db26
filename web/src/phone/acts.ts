/** What is asked of the house about a call. It does it, at whichever phone the call is. */
import { api, done } from '~/api/client'
import { tellRefusal } from '~/kit/refusals'

const at = (key: string) => ({ params: { path: { key } } })
const asked = (answer: Promise<unknown>): Promise<void> => answer.then(() => undefined, tellRefusal)

/** End one's part in it; of a call that rings: decline it. */
export const hangUp = (key: string) => asked(done(api.POST('/api/calls/{key}/hang-up', at(key))))
export const hold = (key: string, on: boolean) => asked(done(api.POST('/api/calls/{key}/hold', { ...at(key), body: { on } })))
export const sendOn = (key: string, to: string) => asked(done(api.POST('/api/calls/{key}/send-on', { ...at(key), body: { to } })))
/** Ask a third one first, while the other hears music. */
export const consult = (key: string, to: string) => asked(done(api.POST('/api/calls/{key}/consult', { ...at(key), body: { to } })))
export const completeTransfer = (key: string) => asked(done(api.POST('/api/calls/{key}/complete-transfer', at(key))))
export const cancelConsultation = (key: string) => asked(done(api.POST('/api/calls/{key}/cancel-consultation', at(key))))
export const toggle = (key: string) => asked(done(api.POST('/api/calls/{key}/toggle', at(key))))
export const joinAll = (key: string) => asked(done(api.POST('/api/calls/{key}/join-all', at(key))))
/** Take what rings at a colleague, at one's own phone. */
export const pickUp = (key: string) => asked(done(api.POST('/api/calls/{key}/pick-up', { ...at(key), body: {} })))
/** Call one more into the talk. */
export const invite = (key: string, to: string) => asked(done(api.POST('/api/calls/{key}/invite', { ...at(key), body: { to } })))
const party = (key: string, leg: string) => ({ params: { path: { key, leg } } })
export const muteParty = (key: string, leg: string, on: boolean) =>
  asked(done(api.POST('/api/calls/{key}/parties/{leg}/mute', { ...party(key, leg), body: { on } })))
export const removeParty = (key: string, leg: string) => asked(done(api.DELETE('/api/calls/{key}/parties/{leg}', party(key, leg))))
export const muteRecording = (key: string, on: boolean) =>
  asked(done(api.POST('/api/calls/{key}/mute-recording', { ...at(key), body: { on } })))
/** Record one's own talk, or no longer. */
export const record = (key: string, on: boolean) => asked(done(api.POST('/api/calls/{key}/record', { ...at(key), body: { on } })))
/** Keys that the other side hears. */
export const sendDigits = (key: string, digits: string) => asked(done(api.POST('/api/calls/{key}/digits', { ...at(key), body: { digits } })))

/** Call somebody: one's own phone is rung first, this page answers it by itself. Throws: Refused; Unreachable. */
export const dial = (to: string) => done(api.POST('/api/calls', { body: { to } }))
