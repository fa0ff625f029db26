/** Samples as a WAV file, which every server reads: one channel, 16 bits. */
const HEADER = 44

export function wavOf(samples: Float32Array, rate: number): Blob {
  const octets = new DataView(new ArrayBuffer(HEADER + samples.length * 2))
  const text = (at: number, words: string) => [...words].forEach((letter, n) => octets.setUint8(at + n, letter.charCodeAt(0)))
  text(0, 'RIFF')
  octets.setUint32(4, HEADER - 8 + samples.length * 2, true)
  text(8, 'WAVEfmt ')
  octets.setUint32(16, 16, true)
  octets.setUint16(20, 1, true)
  octets.setUint16(22, 1, true)
  octets.setUint32(24, rate, true)
  octets.setUint32(28, rate * 2, true)
  octets.setUint16(32, 2, true)
  octets.setUint16(34, 16, true)
  text(36, 'data')
  octets.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, at) => octets.setInt16(HEADER + at * 2, Math.max(-1, Math.min(1, sample)) * 0x7fff, true))
  return new Blob([octets.buffer], { type: 'audio/wav' })
}

const QUIET = 0.01
const AROUND = 0.15

/** Without the silence before the first word and after the last one; nothing but silence stays as it is. */
export function trimmed(samples: Float32Array, rate: number): Float32Array {
  const loud = (sample: number) => Math.abs(sample) > QUIET
  const first = samples.findIndex(loud)
  if (first < 0) return samples
  const last = samples.findLastIndex(loud)
  const around = Math.round(rate * AROUND)
  return samples.slice(Math.max(0, first - around), last + around)
}

const RATE = 16_000

/** What the browser can make out of a file that the server can't read, or of its own recording. Throws: DOMException for what is no sound. */
export async function decoded(file: Blob): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, 1, RATE)
  const sound = await context.decodeAudioData(await file.arrayBuffer())
  const mixed = new Float32Array(sound.length)
  for (let channel = 0; channel < sound.numberOfChannels; channel += 1) sound.getChannelData(channel).forEach((sample, at) => { mixed[at]! += sample / sound.numberOfChannels })
  return mixed
}

export const asWav = async (file: Blob, trim = false): Promise<Blob> => {
  const samples = await decoded(file)
  return wavOf(trim ? trimmed(samples, RATE) : samples, RATE)
}
