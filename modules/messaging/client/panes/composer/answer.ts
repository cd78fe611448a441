import type { Message } from '../../protocol/dto.ts'

/** The part of the desk that is used here. */
export interface AnswerDesk {
  readonly chat: string | undefined
  readonly answering: Message | undefined
  readonly editing: Message | undefined
  answer(message: Message | undefined): void
}

export interface AnswerParts {
  readonly desk: AnswerDesk
  readonly chat: string
  /** @returns nothing where it cannot be had now. */
  find(seq: number): Promise<Message | undefined>
}

/** The message that the words in one composer answer. It is kept with their draft and comes back with it. */
export class Answer {
  readonly #parts: AnswerParts
  /** What the draft has said last. */
  #kept: number | null = null
  /** What the draft says and is not shown yet. */
  #coming: number | null = null

  constructor(parts: AnswerParts) {
    this.#parts = parts
  }

  /** @returns what is kept with these words: an answer without any is nothing that one has begun. */
  keptWith(words: string): number | null {
    this.#kept = words === '' ? null : (this.#parts.desk.answering?.seq ?? this.#coming)
    return this.#kept
  }

  /** The draft says what is answered: as it was left here, or as another device has it. */
  async follow(seq: number | null): Promise<void> {
    const { desk } = this.#parts
    const was = this.#kept
    this.#kept = seq
    this.#coming = null
    if (seq !== null) return this.#bring(seq)
    if (was !== null && desk.answering?.seq === was) desk.answer(undefined)
  }

  async #bring(seq: number): Promise<void> {
    const { desk } = this.#parts
    if (desk.editing || desk.answering?.seq === seq) return
    this.#coming = seq
    const message = await this.#parts.find(seq)
    if (!message || this.#coming !== seq || desk.editing || !this.#isHere) return
    this.#coming = null
    if (!message.deleted) desk.answer(message)
  }

  /** The person has chosen otherwise. @returns whether that is to be kept. */
  chosen(): boolean {
    if (this.#parts.desk.editing || !this.#isHere) return false
    this.#coming = null
    return true
  }

  get #isHere(): boolean {
    return this.#parts.desk.chat === this.#parts.chat
  }
}
