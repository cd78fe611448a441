import type { World } from '../../core/client/protocol/world.ts'

/** A clock and a die that are moved by hand. */
export class FakeWorld implements World {
  chance = 0.5
  #nowMs = 1_000
  #timers: { at: number; run: () => void }[] = []

  now(): number {
    return this.#nowMs
  }

  random(): number {
    return this.chance
  }

  later(run: () => void, ms: number): () => void {
    const timer = { at: this.#nowMs + ms, run }
    this.#timers.push(timer)
    return () => void (this.#timers = this.#timers.filter((each) => each !== timer))
  }

  pass(ms: number): void {
    const until = this.#nowMs + ms
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)
      if (!next) break
      this.#timers = this.#timers.filter((each) => each !== next)
      this.#nowMs = Math.max(this.#nowMs, next.at)
      next.run()
    }
    this.#nowMs = until
  }

  /** The clock goes on, and no timer with it. */
  sleep(ms: number): void {
    this.#nowMs += ms
    this.#timers = this.#timers.map((timer) => ({ ...timer, at: timer.at + ms }))
  }
}

/** Lets everything that waits for an answer go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve()
}
