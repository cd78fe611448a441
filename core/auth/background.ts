import { AsyncLocalStorage } from 'node:async_hooks'
import type { Log } from '../app.ts'

/**
 * Work that begins after its question was answered, so that the time of the answer tells nothing
 * of it.
 */
export class Background {
  readonly #log: Log
  readonly #running = new Set<Promise<void>>()
  readonly #inOwnContext = AsyncLocalStorage.snapshot()

  constructor(log: Log) {
    this.#log = log
  }

  /** A failure is logged; nobody waits for it. */
  begin(work: () => Promise<void>): void {
    const run = this.#inOwnContext(async () => {
      await new Promise(setImmediate)
      try {
        await work()
      } catch (error) {
        this.#log.error('Work in the background failed', { error: String(error) })
      }
    })
    this.#running.add(run)
    void run.then(() => this.#running.delete(run))
  }

  /** Answers when nothing runs. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }
}
