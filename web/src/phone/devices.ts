import { useEffect, useState } from 'react'

export interface SoundDevice {
  value: string
  label: string
}

export interface SoundDevices {
  microphones: SoundDevice[]
  speakers: SoundDevice[]
  /** Before the browser was allowed the microphone it tells no names. */
  named: boolean
}

const NONE: SoundDevices = { microphones: [], speakers: [], named: false }

function sorted(found: MediaDeviceInfo[]): SoundDevices {
  // "default" and "communications" repeat a device that is in the list by itself.
  const real = found.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default' && deviceId !== 'communications')
  const of = (kind: MediaDeviceKind) => real.filter((device) => device.kind === kind).map(({ deviceId, label }) => ({ value: deviceId, label }))
  return { microphones: of('audioinput'), speakers: of('audiooutput'), named: real.some(({ label }) => label !== '') }
}

/** What can be spoken into and heard through here; follows what is plugged in. `again` changes when it may have changed. */
export function useDevices(again: unknown): SoundDevices {
  const [devices, setDevices] = useState(NONE)
  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined
    if (!media) return
    let here = true
    const look = async () => {
      const found = sorted(await media.enumerateDevices())
      if (here) setDevices(found)
    }
    void look()
    media.addEventListener('devicechange', look)
    return () => {
      here = false
      media.removeEventListener('devicechange', look)
    }
  }, [again])
  return devices
}
