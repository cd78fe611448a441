import type { Clock } from '#core'

/** The station's time, which never goes back: slow mode and order outlive a clock that is set. */
export class SteadyClock {
  readonly #clock: Clock
  #lastMs = 0
  #aheadMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  nowMs(): number {
    const ms = this.#clock.now().getTime()
    if (ms < this.#lastMs) this.#aheadMs += this.#lastMs - ms
    this.#lastMs = ms
    return ms + this.#aheadMs
  }
}
