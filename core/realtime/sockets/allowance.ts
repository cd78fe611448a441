/** A bucket that fills again by itself: a burst is fine, a flood is not. */
export class Allowance {
  readonly #size: number
  readonly #perMs: number
  #left: number
  #at: number

  constructor({ size, perS }: { size: number; perS: number }, nowMs: number) {
    this.#size = size
    this.#perMs = perS / 1000
    this.#left = size
    this.#at = nowMs
  }

  /** @returns false when there is not so much left. */
  take(cost: number, nowMs: number): boolean {
    const gained = Math.max(0, nowMs - this.#at) * this.#perMs
    this.#left = Math.min(this.#size, this.#left + gained)
    this.#at = nowMs
    if (this.#left < cost) return false
    this.#left -= cost
    return true
  }
}
