/** Why nobody hears this person. */
export type MicrophoneTrouble = 'denied' | 'missing' | 'busy'

export interface Microphone {
  stream: MediaStream
  /** Null if it works; else `stream` is silence, so that the customer is not lost for it. */
  trouble: MicrophoneTrouble | null
}

const NAMED: Record<string, MicrophoneTrouble> = {
  NotAllowedError: 'denied', SecurityError: 'denied', NotFoundError: 'missing', OverconstrainedError: 'missing',
}

export const troubleOf = (why: unknown): MicrophoneTrouble => (why instanceof Error && NAMED[why.name]) || 'busy'

/** Open it; `device` is wished for, and another one is taken where it is gone. */
export async function openMicrophone(device: string): Promise<Microphone> {
  try {
    return { stream: await askFor(device), trouble: null }
  } catch (why) {
    return { stream: silence(), trouble: troubleOf(why) }
  }
}

/** Throws: DOMException, see `troubleOf`. */
export function askFor(device: string): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({ audio: device ? { deviceId: { ideal: device } } : true })
}

function silence(): MediaStream {
  return new AudioContext().createMediaStreamDestination().stream
}

export function closeMicrophone({ stream }: Microphone): void {
  for (const track of stream.getTracks()) track.stop()
}
