import { AsyncLocalStorage } from 'node:async_hooks'

export interface RoundsParts {
  /** It goes round by itself as often: another process may have filled the queue. */
  readonly everyMs: number
  /** Takes the next few that are due. @returns how many they were. */
  readonly take: () => Promise<number>
  /** What is due are rows, so the next round comes back to it. */
  readonly failed: (error: unknown) => void
}

/** Goes round a queue of rows until nothing in it is due, whenever something wakes it. */
export class Rounds {
  readonly #parts: RoundsParts
  /** Runs something outside every request, whoever's commit has called. */
  readonly #inOwnContext = AsyncLocalStorage.snapshot()
  #running: Promise<void> | undefined
  #isWanted = false
  #isOpen = false
  #timer: NodeJS.Timeout | undefined

  constructor(parts: RoundsParts) {
    this.#parts = parts
  }

  start(): void {
    this.#isOpen = true
    this.#timer = setInterval(() => this.wake(), this.#parts.everyMs).unref()
    this.wake()
  }

  /** Does nothing before the start and after the stop. */
  wake(): void {
    if (!this.#isOpen) return
    this.#isWanted = true
    this.#running ??= this.#inOwnContext(() => this.#run())
  }

  /** Answers when nothing is due by the clock. */
  async settle(): Promise<void> {
    this.wake()
    while (this.#running) await this.#running
  }

  /** Answers when what was taken is done. */
  async stop(): Promise<void> {
    this.#isOpen = false
    clearInterval(this.#timer)
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#isWanted && this.#isOpen) {
      this.#isWanted = false
      try {
        while (this.#isOpen && (await this.#parts.take()) > 0);
      } catch (error) {
        this.#parts.failed(error)
      }
    }
    this.#running = undefined
  }
}
