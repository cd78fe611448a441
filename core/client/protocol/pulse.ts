import type { World } from './world.ts'

const ANSWER_MS = 10_000
const FORCED_ANSWER_MS = 5_000
const CLOCK_MS = 5_000
/** A timer that comes so much too late has slept with its machine. */
const DRIFT_MS = 10_000

export interface PulseParts {
  readonly world: World
  readonly everyMs: number
  ping(n: number): void
  /** No answer: nobody is there. */
  dead(): void
}

/** Asks whether the station is still there, and notices when this machine was asleep. */
export class Pulse {
  readonly #parts: PulseParts
  #n = 0
  #awaited: number | undefined
  #cancelNext: () => void = () => undefined
  #cancelAnswer: () => void = () => undefined
  #cancelClock: () => void = () => undefined

  constructor(parts: PulseParts) {
    this.#parts = parts
    const { world, everyMs } = parts
    this.#cancelNext = world.later(() => this.#beat(), everyMs * world.random())
    this.#watchClock()
  }

  /** Asks at once: the network is back, the page is looked at again, the machine woke up. */
  force(): void {
    this.#ask(FORCED_ANSWER_MS)
  }

  heard(n: number): void {
    if (this.#awaited === undefined || n < this.#awaited) return
    this.#awaited = undefined
    this.#cancelAnswer()
  }

  stop(): void {
    this.#cancelNext()
    this.#cancelAnswer()
    this.#cancelClock()
  }

  #beat(): void {
    const { world, everyMs } = this.#parts
    this.#cancelNext = world.later(() => this.#beat(), everyMs * (0.8 + 0.4 * world.random()))
    if (this.#awaited === undefined) this.#ask(ANSWER_MS)
  }

  #ask(withinMs: number): void {
    this.#n += 1
    this.#awaited = this.#n
    this.#cancelAnswer()
    this.#cancelAnswer = this.#parts.world.later(() => this.#parts.dead(), withinMs)
    this.#parts.ping(this.#n)
  }

  #watchClock(): void {
    const { world } = this.#parts
    const from = world.now()
    this.#cancelClock = world.later(() => {
      if (world.now() - from - CLOCK_MS > DRIFT_MS) this.force()
      this.#watchClock()
    }, CLOCK_MS)
  }
}
