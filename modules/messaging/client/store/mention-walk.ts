export interface MentionWalkParts {
  /** The numbers of unread messages behind this one that call the reader, the lowest first. */
  find(after: number): Promise<readonly number[] | undefined>
  /** There are none, whatever is shown: how many there are is asked for anew. */
  recount(): Promise<void>
}

/** Leads from one unread mention to the next, and after the last to the first that is still unread. */
export class MentionWalk {
  readonly #parts: MentionWalkParts
  #at = 0
  #isBusy = false

  constructor(parts: MentionWalkParts) {
    this.#parts = parts
  }

  /**
   * @param readSeq how far the reader has got, which the station may not know yet.
   * @returns nothing where there is none, where it could not be asked, and while it is being asked.
   */
  async next(readSeq: number): Promise<number | undefined> {
    if (this.#isBusy) return undefined
    this.#isBusy = true
    try {
      return await this.#next(readSeq)
    } finally {
      this.#isBusy = false
    }
  }

  async #next(readSeq: number): Promise<number | undefined> {
    const from = Math.max(this.#at, readSeq)
    let found = await this.#parts.find(from)
    if (found?.length === 0 && from > readSeq) found = await this.#parts.find(readSeq)
    if (!found) return undefined
    const [next] = found
    this.#at = next ?? 0
    if (next === undefined) await this.#parts.recount()
    return next
  }
}
