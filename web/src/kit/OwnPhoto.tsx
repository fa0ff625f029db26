import { Anchor, Menu } from '@mantine/core'
import { IconCamera, IconCameraOff } from '@tabler/icons-react'
import { useRef } from 'react'
import { useNames } from '~/api/names'
import { useMe } from '~/api/session'
import { PhotoInput } from './PhotoLink'
import { dropOwnPhoto, sendPhoto } from './photos'
import { tell, tellRefusal } from './refusals'
import { say as kit } from './words.kit'
import { useWords } from './words.photo'

/** How colleagues see you, as items of the menu; a change holds at once, and can be taken back. */
export function OwnPhoto() {
  const me = useMe()
  const say = useWords()
  const input = useRef<HTMLInputElement>(null)
  const photo = useNames().photo(me.user)
  const take = (file: File) => void sendPhoto('own', file, file.name).catch(tellRefusal)
  const remove = async (gone: string) => {
    const putBack = await dropOwnPhoto(gone)
    tell(say('photo_removed'), 'ready', <Anchor component="button" fz="inherit" onClick={() => void putBack().catch(tellRefusal)}>{kit('undo')}</Anchor>)
  }
  return (
    <>
      <Menu.Item leftSection={<IconCamera size={15} />} onClick={() => input.current?.click()}>{say(photo === undefined ? 'photo_own_choose' : 'photo_own_replace')}</Menu.Item>
      <PhotoInput input={input} take={take} />
      {photo !== undefined && <Menu.Item leftSection={<IconCameraOff size={15} />} onClick={() => void remove(photo).catch(tellRefusal)}>{say('photo_own_remove')}</Menu.Item>}
    </>
  )
}
