import { describe, expect, it } from 'vitest'
import { setLanguage } from '~/kit/words'
import { whyNotJoined } from './notJoined'

const lost = { kind: 'NotJoined', call: 'c-1', why: 'x', by: 'anna', taken_by: 'boris' } as const
const nameOf = (user: string): string => (user === 'boris' ? 'Борис Волков' : user)

describe('who picks up too late', () => {
  it('hears who was faster, in both languages', () => {
    setLanguage('ru')
    expect(whyNotJoined(lost, 'anna', nameOf)).toBe('Звонок уже взят: Борис Волков.')
    setLanguage('en')
    expect(whyNotJoined(lost, 'anna', nameOf)).toBe('Already taken by Борис Волков.')
  })
  it('hears that nothing is there, where nobody has it', () => expect(whyNotJoined({ ...lost, taken_by: null }, 'anna', nameOf)).toBe('Nothing rings or waits there any more.'))
  it('is not told of what others miss, or of anything else', () => {
    expect(whyNotJoined(lost, 'clara', nameOf)).toBeUndefined()
    expect(whyNotJoined({ kind: 'CallAnswered', call: 'c-1', leg: 'l' }, 'anna', nameOf)).toBeUndefined()
  })
})
