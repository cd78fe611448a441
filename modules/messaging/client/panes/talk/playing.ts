import { Watched } from '../../store/watched.ts'

const STEP_MS = 5_000

/** Where a voice message is played. */
export class Playing extends Watched {
  readonly totalMs: number
  #audio: HTMLAudioElement | null = null
  #isOn = false
  #atMs = 0

  constructor(totalMs: number) {
    super()
    this.totalMs = totalMs
  }

  get isOn(): boolean {
    return this.#isOn
  }

  get atMs(): number {
    return this.#atMs
  }

  get share(): number {
    return this.totalMs > 0 ? this.#atMs / this.totalMs : 0
  }

  /** @returns what lets it go again. */
  hold(audio: HTMLAudioElement | null): () => void {
    this.#audio = audio
    return () => audio?.pause()
  }

  toggle(): void {
    if (this.#isOn) this.#audio?.pause()
    else void this.#audio?.play().catch(() => this.turned(false))
  }

  turned(isOn: boolean): void {
    this.#isOn = isOn
    this.changed()
  }

  reached(ms: number): void {
    this.#atMs = ms
    this.changed()
  }

  goTo(ms: number): void {
    const at = Math.max(0, Math.min(this.totalMs, ms))
    if (this.#audio) this.#audio.currentTime = at / 1000
    this.reached(at)
  }

  /** @returns whether the key means something here. */
  press(key: string): boolean {
    if (key === 'ArrowLeft') this.goTo(this.#atMs - STEP_MS)
    else if (key === 'ArrowRight') this.goTo(this.#atMs + STEP_MS)
    else return false
    return true
  }
}
