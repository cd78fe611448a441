import { setTimeout as delay } from 'node:timers/promises'

const MAX_TURN_MS = 10_000

/** One at a time, in the order asked. Who takes too long no longer keeps the others waiting. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  run<R>(work: () => Promise<R>): Promise<R> {
    const mine = this.#last.then(work)
    const ended = mine.then(
      () => undefined,
      () => undefined,
    )
    this.#last = Promise.race([ended, delay(MAX_TURN_MS, undefined, { ref: false })])
    return mine
  }
}
