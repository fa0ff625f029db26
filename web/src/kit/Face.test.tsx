import { describe, expect, it } from 'vitest'
import { initials } from './Face'

describe('the first letters of a name', () => {
  it('are those of its first two words', () => expect(initials('Анна Мария Соколова')).toBe('АМ'))
  it('are capital', () => expect(initials('ольга ветрова')).toBe('ОВ'))
  it('pass over brackets and spaces', () => expect(initials('  Gleb  (Sales)')).toBe('GS'))
  it('may be one, or none', () => expect([initials('admin'), initials('—')]).toEqual(['A', '']))
})
