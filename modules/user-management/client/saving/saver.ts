export type SaveState = 'saving' | 'saved' | 'offline' | 'refused'

/** Values of one form, as the API takes them. */
export type Change = Readonly<Record<string, unknown>>

export interface SaveAnswer {
  readonly status: number
  /** Sentences by field, where the station refused. */
  readonly errors: Readonly<Record<string, string>>
}

/** The world of a {@link Saver}. */
export interface SaverPort {
  /** @throws when the station cannot be reached. */
  send(change: Change): Promise<SaveAnswer>
  /** @returns what to call to have it not run. */
  later(run: () => void, ms: number): () => void
  show(state: SaveState): void
  /** What is wrong with the fields of the change that was just answered; {} when nothing is. */
  tell(errors: SaveAnswer['errors']): void
}

/** A pause in typing. */
const QUIET_MS = 700
/** What is quicker than this shows nothing. */
const SHOW_MS = 300
const FIRST_RETRY_MS = 2_000
const MAX_RETRY_MS = 60_000

/**
 * Saves changes one after the other. What could not be sent is sent again together with what has
 * changed since; what was refused stays as it was typed and waits for the next change.
 */
export class Saver {
  readonly #port: SaverPort
  #waiting: Change = {}
  #isSending = false
  #retryMs = FIRST_RETRY_MS
  #stopTimer: () => void = () => undefined

  constructor(port: SaverPort) {
    this.#port = port
  }

  /** Something is typed or chosen that the station does not have. */
  get isAtRisk(): boolean {
    return this.#isSending || Object.keys(this.#waiting).length > 0
  }

  change(values: Change): void {
    this.#waiting = { ...this.#waiting, ...values }
    this.#after(QUIET_MS)
  }

  /** Sends at once what is waiting, for example when the network is back. */
  async flush(): Promise<void> {
    this.#stopTimer()
    if (this.#isSending || Object.keys(this.#waiting).length === 0) return
    const change = this.#waiting
    this.#waiting = {}
    this.#isSending = true
    const stopShowing = this.#port.later(() => this.#port.show('saving'), SHOW_MS)
    try {
      const { status, errors } = await this.#port.send(change)
      if (status >= 500 || status === 429) throw new Error(`The station answered ${status}`)
      this.#port.show(status < 300 ? 'saved' : 'refused')
      this.#port.tell(errors)
      this.#retryMs = FIRST_RETRY_MS
      if (this.#hasWaiting) this.#after(0)
    } catch {
      this.#waiting = { ...change, ...this.#waiting }
      this.#port.show('offline')
      this.#after(this.#retryMs)
      this.#retryMs = Math.min(MAX_RETRY_MS, this.#retryMs * 2)
    } finally {
      stopShowing()
      this.#isSending = false
    }
  }

  get #hasWaiting(): boolean {
    return Object.keys(this.#waiting).length > 0
  }

  #after(ms: number): void {
    this.#stopTimer()
    this.#stopTimer = this.#port.later(() => void this.flush(), ms)
  }
}
