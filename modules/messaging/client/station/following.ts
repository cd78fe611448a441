import type { Told } from '#client'
import type { Chat } from '../protocol/dto.ts'
import type { Book } from '../store/book.ts'

export interface FollowingParts {
  readonly book: Book
  /** Applies and keeps it. */
  apply(e: Told): Promise<void>
  /** Asks for the chat as it is. */
  fetch(chat: string): Promise<Chat>
  keep(chat: Chat): Promise<void>
}

/** Large chats number what happens in them themselves; the rule is the same as for one's own log. */
export class Following {
  readonly #parts: FollowingParts
  #work: Promise<void> = Promise.resolve()

  constructor(parts: FollowingParts) {
    this.#parts = parts
  }

  /** Those held here, and the last event known of each. */
  held(): Record<string, number> {
    const large = this.#parts.book.all().filter((chat) => chat.large)
    return Object.fromEntries(large.map(({ id, ev }) => [id, ev]))
  }

  hear(e: Told): void {
    this.#work = this.#work.then(() => this.#take(e)).catch(() => undefined)
  }

  async #take(e: Told): Promise<void> {
    const of = e['chat'] as string | Chat
    const chat = typeof of === 'string' ? of : of.id
    const ev = Number(e['ev'] ?? 0)
    const known = this.#parts.book.chat(chat)?.ev ?? 0
    /* It ends what was missed, and is no event itself. */
    const isEnd = e.k === 'read'
    if (ev !== 0 && ev <= known && !isEnd) return
    await this.#parts.apply(e)
    if (!isEnd && ev > known + 1 && known > 0) await this.#parts.keep(await this.#parts.fetch(chat))
  }
}
