import { Anchor } from '@mantine/core'
import { useNames } from '~/api/names'
import { useMe } from '~/api/session'
import { Face } from './Face'
import classes from './kit.module.css'
import { PhotoLink } from './PhotoLink'
import { dropOwnPhoto, sendPhoto } from './photos'
import { tell, tellRefusal } from './refusals'
import { useWords } from './words.kit'

/** How colleagues see you; a change holds at once, and can be taken back. */
export function OwnPhoto() {
  const me = useMe()
  const say = useWords()
  const photo = useNames().photo(me.user)
  const take = (file: File) => void sendPhoto('own', file, file.name).catch(tellRefusal)
  const remove = async (gone: string) => {
    const putBack = await dropOwnPhoto(gone)
    tell(say('photo_removed'), 'ready', <Anchor component="button" fz="inherit" onClick={() => void putBack().catch(tellRefusal)}>{say('undo')}</Anchor>)
  }
  return (
    <div className={classes.ownPhoto}>
      <Face photo={photo} name={me.name} size={36} label={say('photo_of', { name: me.name })} />
      <PhotoLink filled={photo !== undefined} take={take} />
      {photo !== undefined && <Anchor component="button" type="button" fz="inherit" onClick={() => void remove(photo).catch(tellRefusal)}>{say('photo_remove')}</Anchor>}
    </div>
  )
}
