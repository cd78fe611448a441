/** What has no effects is acknowledged together: after so many, or after this time. */
const FLUSH_AFTER_EVENTS = 64
const FLUSH_AFTER_MS = 50

/** Acknowledgements that are in memory alone, and when they are to be written down. */
export class Gathered {
  readonly #due: () => void
  #count = 0
  #isDue = false
  #timer: NodeJS.Timeout | undefined

  /** @param due called when their time has come. */
  constructor(due: () => void) {
    this.#due = due
  }

  /** Their time has come, or somebody waits for them. */
  get isDue(): boolean {
    return this.#isDue
  }

  get isFull(): boolean {
    return this.#count >= FLUSH_AFTER_EVENTS
  }

  add(): void {
    this.#count++
    this.#timer ??= setTimeout(() => {
      this.#isDue = true
      this.#due()
    }, FLUSH_AFTER_MS).unref()
  }

  /** Nobody waits any longer than for the next step. */
  hurry(): void {
    this.#isDue = true
  }

  /** They are being written down. */
  clear(): void {
    this.rest()
    this.#timer = undefined
    this.#isDue = false
    this.#count = 0
  }

  /** Their time does not come any more. */
  rest(): void {
    clearTimeout(this.#timer)
  }
}
