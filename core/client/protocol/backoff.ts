import type { World } from './world.ts'

const FIRST_MS = 500
const MAX_MS = 30_000
/** A connection that lived so long counts as a good one. */
const GOOD_MS = 60_000

/** How long to wait before the next attempt: full jitter, so that nobody comes in step. */
export class Backoff {
  readonly #world: Pick<World, 'now' | 'random'>
  #failures = 0
  #liveSince: number | undefined
  #asked: readonly [number, number] | undefined

  constructor(world: Pick<World, 'now' | 'random'>) {
    this.#world = world
  }

  live(): void {
    this.#liveSince ??= this.#world.now()
  }

  /** The station asked to come back within this span. */
  ask(span: readonly [number, number]): void {
    this.#asked = span
  }

  /** Milliseconds until the next attempt, after one has ended. */
  next(): number {
    const lived = this.#liveSince === undefined ? 0 : this.#world.now() - this.#liveSince
    if (lived >= GOOD_MS) this.#failures = 0
    this.#liveSince = undefined
    const asked = this.#asked
    this.#asked = undefined
    if (asked) return asked[0] + this.#world.random() * (asked[1] - asked[0])
    const most = Math.min(MAX_MS, FIRST_MS * 2 ** this.#failures)
    this.#failures = Math.min(this.#failures + 1, 16)
    return this.#world.random() * most
  }
}
