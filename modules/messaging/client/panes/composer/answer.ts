import type { Message, Quote } from '../../protocol/dto.ts'

/** The part of the desk that is used here. */
export interface AnswerDesk {
  readonly chat: string | undefined
  readonly answering: Message | undefined
  readonly quote: Quote | undefined
  readonly editing: Message | undefined
  answer(message: Message | undefined, quote?: Quote): void
}

/** The number of the message that is answered, and the words of it that are quoted. */
export interface Answered {
  readonly seq: number
  readonly quote?: Quote
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
  #coming: Answered | undefined

  constructor(parts: AnswerParts) {
    this.#parts = parts
  }

  /** @returns what is kept with these words: an answer without any is nothing that one has begun. */
  keptWith(words: string): Answered | undefined {
    const { answering, quote } = this.#parts.desk
    const shown = answering && { seq: answering.seq, ...(quote && { quote }) }
    const kept = words === '' ? undefined : (shown ?? this.#coming)
    this.#kept = kept?.seq ?? null
    return kept
  }

  /** The draft says what is answered: as it was left here, or as another device has it. */
  async follow(answered: Answered | undefined): Promise<void> {
    const { desk } = this.#parts
    const was = this.#kept
    this.#kept = answered?.seq ?? null
    this.#coming = undefined
    if (answered) return this.#bring(answered)
    if (was !== null && desk.answering?.seq === was) desk.answer(undefined)
  }

  async #bring(answered: Answered): Promise<void> {
    const { desk } = this.#parts
    const { seq, quote } = answered
    if (desk.editing || desk.answering?.seq === seq) return
    this.#coming = answered
    const message = await this.#parts.find(seq)
    if (!message || this.#coming !== answered || desk.editing || !this.#isHere) return
    this.#coming = undefined
    /* It may have been changed since then. */
    const isThere = quote && message.text.startsWith(quote.text, quote.offset)
    if (!message.deleted) desk.answer(message, isThere ? quote : undefined)
  }

  /** The person has chosen otherwise. @returns whether that is to be kept. */
  chosen(): boolean {
    if (this.#parts.desk.editing || !this.#isHere) return false
    this.#coming = undefined
    return true
  }

  get #isHere(): boolean {
    return this.#parts.desk.chat === this.#parts.chat
  }
}
