import { Note } from '~/kit/refusals'
import { useWords as usePhoneWords } from './words'
import { useWords } from './words.insecure'

/** Why the browser gives no microphone, and what to do. */
export function InsecureNote() {
  const title = usePhoneWords()
  const say = useWords()
  return (
    <Note tone="warn">
      <b>{title('insecure_title')}.</b> {say('insecure', { address: location.origin })} {say('insecure_do')} <a href="/api/certificate-authority">{say('insecure_authority')}</a>
    </Note>
  )
}
