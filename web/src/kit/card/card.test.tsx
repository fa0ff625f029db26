import { MantineProvider } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Schemas } from '~/api/client'
import { setLanguage } from '../words'
import { asNumber } from './CardField'
import { CardForm } from './CardForm'
import { CardScript } from './CardScript'
import { byDigit, rowsOf } from './Dispositions'

const title = (ru: string) => ({ en: ru, ru })
const field = (key: string, kind: Schemas['FieldKind'], more: Partial<Schemas['Field']> = {}): Schemas['Field'] => ({ key, kind, title: title(key), required: false, choices: [], ...more })

test('numbers are taken as people write them, and half-written ones are left alone', () => {
  expect(['12', ' 1 250,5', '-3.', '', '12a', '1,2,3', '-'].map(asNumber)).toEqual([12, 1250.5, -3, null, undefined, undefined, undefined])
})

test('each field tells what was typed in the type that its kind has', async () => {
  setLanguage('ru')
  const typed = vi.fn()
  const card = { fields: [field('name', 'text'), field('debt', 'number'), field('urgent', 'check_box'), field('what', 'list', { choices: [{ key: 'leak', title: title('Протечка') }] })] }
  render(<MantineProvider><CardForm card={card} values={{}} onType={typed} /></MantineProvider>)
  await userEvent.type(screen.getByLabelText('debt'), '7')
  await userEvent.type(screen.getByLabelText('name'), 'Я')
  await userEvent.click(screen.getByLabelText('urgent'))
  await userEvent.click(screen.getByRole('radio', { name: 'Протечка' }))
  expect(typed.mock.calls).toEqual([['debt', 7], ['name', 'Я'], ['urgent', true], ['what', 'leak']])
})

test('what is not a number is said beside the field and told to nobody', async () => {
  const typed = vi.fn()
  render(<MantineProvider><CardForm card={{ fields: [field('debt', 'number')] }} values={{}} onType={typed} /></MantineProvider>)
  await userEvent.type(screen.getByLabelText('debt'), 'x')
  expect(screen.getByText(/Число/)).toBeTruthy()
  expect(typed).not.toHaveBeenCalled()
})

test('the script speaks to this customer, and names what is not known yet', () => {
  const { container } = render(<CardScript text={'Здравствуйте, {caller_name}, я {operator}.\n\nАдрес: {address}?'} variables={{ operator: 'Анна', caller_name: '' }} titles={{ address: 'Адрес' }} />)
  expect(container.textContent).toBe('Здравствуйте, [caller_name], я Анна.Адрес: [Адрес]?')
})

test('a result that divides opens what it divides into, and digits go on there', () => {
  const all = [{ key: 'yes' }, { key: 'no' }, { key: 'dear', parent: 'no' }, { key: 'late', parent: 'no' }].map((one) => ({ title: title(one.key), final: true, success: false, parent: null, ...one }))
  expect(rowsOf(all, null).map((row) => row.map(({ key }) => key))).toEqual([['yes', 'no']])
  expect(byDigit(all, 'late').map(({ key }) => key)).toEqual(['yes', 'no', 'dear', 'late'])
})
