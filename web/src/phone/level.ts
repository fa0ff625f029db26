let context: AudioContext | null = null

const QUIET = -60
const LOUD = -10

/** A loudness from silence (0) to a loud voice (1), as ears feel it: by decibels. */
export function felt(rms: number): number {
  if (rms <= 0) return 0
  return Math.min(1, Math.max(0, (20 * Math.log10(rms) - QUIET) / (LOUD - QUIET)))
}

/** Listens to a stream without making it sound. */
export class Ear {
  private readonly source: MediaStreamAudioSourceNode
  private readonly analyser: AnalyserNode
  private readonly samples: Float32Array<ArrayBuffer>

  constructor(stream: MediaStream) {
    context ??= new AudioContext()
    void context.resume()
    this.source = context.createMediaStreamSource(stream)
    this.analyser = new AnalyserNode(context, { fftSize: 1024 })
    this.samples = new Float32Array(this.analyser.fftSize)
    this.source.connect(this.analyser)
  }

  /** 0 to 1, of the last moment. */
  loudness(): number {
    this.analyser.getFloatTimeDomainData(this.samples)
    let sum = 0
    for (const sample of this.samples) sum += sample * sample
    return felt(Math.sqrt(sum / this.samples.length))
  }

  close(): void {
    this.source.disconnect()
    this.analyser.disconnect()
  }
}
