import { coreErrors } from '../../errors.ts'

/** More uploads than this wait nowhere: the next one is told to come again. */
const MAX_WAITING = 64

/**
 * Work on uploads, one piece at a time in the order they came: decoding a picture takes a core and
 * memory, and whoever reads a page needs both more.
 */
export class JobQueue {
  readonly #waiting: (() => Promise<void>)[] = []
  #isWorking = false

  /** @throws QL_BUSY when too much is waiting already. */
  run<R>(work: () => Promise<R>): Promise<R> {
    if (this.#waiting.length >= MAX_WAITING) throw coreErrors.QL_BUSY({ retryAfterS: 5 })
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push(() => work().then(resolve, reject))
      this.#next()
    })
  }

  #next(): void {
    if (this.#isWorking) return
    const start = this.#waiting.shift()
    if (!start) return
    this.#isWorking = true
    void start().finally(() => {
      this.#isWorking = false
      this.#next()
    })
  }
}
