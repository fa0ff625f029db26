import { Notifications, notifications } from '@mantine/notifications'
import '@mantine/notifications/styles.layer.css'
import { useEffect } from 'react'
import { useToasts } from './toasts'

/** Shows the quiet lines: they never take the focus, and go by themselves. */
export function ToastCorner() {
  const { waiting } = useToasts()
  useEffect(() => {
    if (waiting.length === 0) return
    for (const { message, lasts } of waiting) notifications.show({ message, withBorder: true, autoClose: lasts })
    useToasts.setState({ waiting: [] })
  }, [waiting])
  return <Notifications position="bottom-right" />
}
