import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api, done } from '~/api/client'
import { Note, RefusalNote } from '~/kit/refusals'
import { asMoment } from '~/kit/times'
import { inLanguage, useLanguage } from '~/kit/words'
import classes from './devices.module.css'
import { useWords } from './words'

/** What is typed into the phone; or a picture that a softphone reads, good once. */
export function PhoneSettings({ device }: { device: string }) {
  const say = useWords()
  useLanguage()
  const path = { params: { path: { key: device } } }
  const settings = useQuery({ queryKey: ['provisioning', device], queryFn: () => done(api.GET('/api/devices/{key}/provisioning', path)), retry: false })
  const linking = useMutation({ mutationFn: () => done(api.POST('/api/devices/{key}/provisioning', path)) })
  if (settings.error) return <RefusalNote why={settings.error} />
  if (!settings.data) return null
  const { server, port, transports, user, remark } = settings.data
  const lines = [[say('server'), server], [say('port'), String(port)], [say('transport'), transports.join(', ').toUpperCase()], [say('login'), user], [say('password'), say('password_unseen')]]
  return (
    <div className={classes.settings}>
      {remark && <Note tone="warn">{inLanguage(remark)}</Note>}
      <dl className={classes.lines}>{lines.map(([title, value]) => <div key={title}><dt>{title}</dt><dd className="num">{value}</dd></div>)}</dl>
      <RefusalNote why={linking.error} />
      {linking.data ? (
        <figure className={classes.picture}>
          <img alt={say('qr')} src={`data:image/svg+xml;utf8,${encodeURIComponent(linking.data.qr)}`} width={180} height={180} />
          <figcaption>{say('qr_about', { until: asMoment(linking.data.until) })}{linking.data.remark && ` ${inLanguage(linking.data.remark)}`}</figcaption>
        </figure>
      ) : <div><Button size="xs" loading={linking.isPending} onClick={() => linking.mutate()}>{say('qr_make')}</Button></div>}
    </div>
  )
}
