import type { Clock } from '../../app.ts'

interface Window {
  count: number
  readonly endsAt: number
}

const MAX_WINDOWS = 50_000

/** Fixed windows in memory, per key. Bounded: when full, the oldest windows make room. */
export class RateLimiter {
  readonly #windows = new Map<string, Window>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @returns 0 when allowed, else the seconds until it is again. */
  take(key: string, max: number, windowS: number): number {
    const now = this.#clock.now().getTime()
    const window = this.#windows.get(key)
    if (!window || window.endsAt <= now) {
      this.#open(key, now + windowS * 1000)
      return 0
    }
    if (window.count >= max) return Math.max(1, Math.ceil((window.endsAt - now) / 1000))
    window.count++
    return 0
  }

  #open(key: string, endsAt: number): void {
    this.#windows.delete(key)
    if (this.#windows.size >= MAX_WINDOWS) {
      const [oldest] = this.#windows.keys()
      if (oldest !== undefined) this.#windows.delete(oldest)
    }
    this.#windows.set(key, { count: 1, endsAt })
  }
}
