import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type Tune = 'bell' | 'soft' | 'silent'

/** How this person hears and is heard at this browser. An empty device is the system's own choice. */
export interface SoundChoices {
  microphone: string
  speaker: string
  ringer: string
  /** 0 to 1. */
  volume: number
  tune: Tune
  notify: boolean
}

const FIRST: SoundChoices = { microphone: '', speaker: '', ringer: '', volume: 0.6, tune: 'bell', notify: false }

export const useSound = create<SoundChoices>()(persist(() => FIRST, { name: 'switchroom.sound' }))

export function chooseSound(change: Partial<SoundChoices>): void {
  useSound.setState(change)
}
