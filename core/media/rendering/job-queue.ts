import { coreErrors } from '../../errors.ts'

interface Job {
  readonly ownerId: string
  readonly start: () => Promise<void>
}

/** More uploads than this wait nowhere: the next one is told to come again. */
const MAX_WAITING = 64

/**
 * Work on pictures, one piece at a time and never two of one person: decoding takes a core and
 * memory, and whoever reads a page needs both more.
 */
export class JobQueue {
  readonly #width: number
  readonly #waiting: Job[] = []
  readonly #working = new Set<string>()

  /** @param width how many pictures are worked on at the same time. */
  constructor(width: number) {
    this.#width = width
  }

  /** @throws QL_BUSY when too much is waiting already. */
  run<R>(ownerId: string, work: () => Promise<R>): Promise<R> {
    if (this.#waiting.length >= MAX_WAITING) throw coreErrors.QL_BUSY({ retryAfterS: 5 })
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push({ ownerId, start: () => work().then(resolve, reject) })
      this.#next()
    })
  }

  /** Those who have waited longest first, except people whose other picture is being worked on. */
  #next(): void {
    if (this.#working.size >= this.#width) return
    const at = this.#waiting.findIndex(({ ownerId }) => !this.#working.has(ownerId))
    const [job] = at < 0 ? [] : this.#waiting.splice(at, 1)
    if (!job) return
    this.#working.add(job.ownerId)
    void job.start().finally(() => {
      this.#working.delete(job.ownerId)
      this.#next()
    })
    this.#next()
  }
}
