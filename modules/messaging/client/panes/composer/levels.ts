const LEVELS = 64
const MAX_LEVEL = 31

export interface Levels {
  readonly durationMs: number
  /** From 0 to 31, in equal steps of time. */
  readonly waveform: readonly number[]
}

/** How loud a recording is over its time. @param lengthMs as long as it took, where it cannot be read. */
export async function levelsOf(recording: Blob, lengthMs: number): Promise<Levels> {
  const audio = new AudioContext()
  try {
    const sound = await audio.decodeAudioData(await recording.arrayBuffer())
    const durationMs = Math.max(1, Math.round(sound.duration * 1_000))
    return { durationMs, waveform: waveformOf(sound.getChannelData(0)) }
  } catch {
    /* It can be played all the same. */
    return { durationMs: lengthMs, waveform: Array<number>(LEVELS).fill(0) }
  } finally {
    await audio.close()
  }
}

/** Each level the root of the mean power of its part, the loudest of all at the top. */
export function waveformOf(samples: Float32Array): number[] {
  const powers = Array.from({ length: LEVELS }, (_each, index) => {
    const from = Math.floor((index * samples.length) / LEVELS)
    const to = Math.max(from + 1, Math.floor(((index + 1) * samples.length) / LEVELS))
    let sum = 0
    for (let at = from; at < to; at++) sum += (samples[at] ?? 0) ** 2
    return Math.sqrt(sum / (to - from))
  })
  const loudest = Math.max(...powers, 1e-6)
  return powers.map((power) => Math.min(MAX_LEVEL, Math.round((power / loudest) * MAX_LEVEL)))
}
