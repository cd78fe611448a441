import type { OutgoingFile } from '../../store/outbox.ts'
import { Watched } from '../../store/watched.ts'
import { levelsOf } from './levels.ts'

/** What the station takes, the most widely played first. */
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus'] as const
const BITS_PER_S = 32_000
/** Well below what a file may weigh. */
const MAX_MS = 15 * 60_000
const TICK_MS = 250
/** Whatever is shorter was a slip of the finger. */
const MIN_MS = 500

/** Why nothing is recorded. */
export type RecordingFailure = 'denied' | 'missing'

/** One voice message while it is spoken. */
export class Recording extends Watched {
  #recorder: MediaRecorder | undefined
  readonly #parts: Blob[] = []
  #timer: ReturnType<typeof setInterval> | undefined
  #startedMs = 0
  #isOn = false
  #asked = 0

  /** False where the browser cannot record, or may not: without HTTPS. */
  static get isPossible(): boolean {
    return typeof MediaRecorder !== 'undefined' && 'mediaDevices' in navigator && typeIn() !== ''
  }

  get isOn(): boolean {
    return this.#isOn
  }

  get ms(): number {
    return this.#isOn ? Math.min(MAX_MS, Date.now() - this.#startedMs) : 0
  }

  /** @returns why it did not begin, or undefined. */
  async start(): Promise<RecordingFailure | undefined> {
    if (this.#recorder) return undefined
    const asked = ++this.#asked
    const voice = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(reasonOf)
    if (typeof voice === 'string') return voice
    /* While the browser asked, the person has gone on or pressed again. */
    if (asked !== this.#asked) {
      release(voice)
      return undefined
    }
    const mimeType = typeIn()
    const recorder = new MediaRecorder(voice, { mimeType, audioBitsPerSecond: BITS_PER_S })
    recorder.addEventListener('dataavailable', ({ data }) => void this.#parts.push(data))
    recorder.addEventListener('stop', () => release(voice))
    this.#recorder = recorder
    recorder.start()
    this.#startedMs = Date.now()
    this.#isOn = true
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
    this.changed()
    return undefined
  }

  cancel(): void {
    this.#asked++
    void this.#stop()
    this.changed()
  }

  /** @returns the recording, or undefined when there is none to speak of. */
  async finish(): Promise<OutgoingFile | undefined> {
    const lengthMs = this.ms
    const bytes = await this.#stop()
    this.changed()
    if (!bytes || lengthMs < MIN_MS) return undefined
    const { durationMs, waveform } = await levelsOf(bytes, lengthMs)
    const ending = bytes.type.startsWith('audio/ogg') ? 'ogg' : 'webm'
    return { name: `voice.${ending}`, mime: bytes.type, bytes, voice: { durationMs, waveform } }
  }

  /** The longest recording ends by itself and waits to be sent. */
  #tick(): void {
    if (this.ms >= MAX_MS && this.#recorder?.state === 'recording') this.#recorder.pause()
    this.changed()
  }

  async #stop(): Promise<Blob | undefined> {
    const recorder = this.#recorder
    clearInterval(this.#timer)
    this.#isOn = false
    this.#recorder = undefined
    if (!recorder || recorder.state === 'inactive') return undefined
    const stopped = new Promise((resolve) => {
      recorder.addEventListener('stop', resolve, { once: true })
    })
    recorder.stop()
    await stopped
    const type = recorder.mimeType.split(';')[0] ?? ''
    return new Blob(this.#parts.splice(0), { type })
  }
}

function typeIn(): string {
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? ''
}

function reasonOf(error: unknown): RecordingFailure {
  return error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'missing'
}

/** Otherwise the browser goes on showing that it listens. */
function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
