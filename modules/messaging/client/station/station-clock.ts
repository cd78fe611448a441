import { browserWorld, type World } from '#client'

/** So much may lie between the station's word and its being heard. */
const TOLERATED_MS = 5_000
const KEY = 'quark-clock'

type Kept = Pick<Storage, 'getItem' | 'setItem'>

/**
 * The time of the station, as well as it is known here: a device may be days off, and what is muted, slowed
 * down or said “today” has nothing to do with that. Its other tabs hear of it by what is kept.
 */
export class StationClock implements World {
  readonly #device: () => number
  readonly #kept: () => Kept

  constructor(
    device: () => number = () => browserWorld.now(),
    kept: () => Kept = () => localStorage,
  ) {
    this.#device = device
    this.#kept = kept
  }

  random(): number {
    return browserWorld.random()
  }

  later(run: () => void, ms: number): () => void {
    return browserWorld.later(run, ms)
  }

  now(): number {
    return this.#device() + this.#aheadMs
  }

  /** The station has said what time it is. */
  hear(stationMs: number): void {
    const aheadMs = stationMs - this.#device()
    if (Math.abs(aheadMs - this.#aheadMs) <= TOLERATED_MS) return
    try {
      this.#kept().setItem(KEY, String(Math.abs(aheadMs) > TOLERATED_MS ? aheadMs : 0))
    } catch {
      /* A browser that keeps nothing goes by its own clock. */
    }
  }

  get #aheadMs(): number {
    try {
      return Number(this.#kept().getItem(KEY)) || 0
    } catch {
      return 0
    }
  }
}
