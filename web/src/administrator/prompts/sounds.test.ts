import { expect, test } from 'vitest'
import { soundsIn } from './Sounds'

test('each sound that ever was is there once, with the version that brought it', () => {
  const version = (number: number, ru?: string) => ({ version: number, at: `2026-11-2${number}`, by: 'anna', thing: ru === undefined ? null : { files: { ru } } })
  expect(soundsIn([version(4, 'a'), version(3), version(2, 'b'), version(1, 'a')], 'ru').map(({ file, version: from }) => [file, from])).toEqual([['b', 2], ['a', 1]])
  expect(soundsIn([version(1, 'a')], 'en')).toEqual([])
})
