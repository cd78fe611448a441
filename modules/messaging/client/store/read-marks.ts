import type { World } from '#client'
import type { Chat, Mine } from '../protocol/dto.ts'
import type { Book } from './book.ts'
import { withMine } from './own-counts.ts'
import type { Change, Shelves } from './shelves.ts'

export interface ReadMarksParts {
  readonly world: World
  readonly book: Book
  readonly shelves: Shelves
  save(chat: string, seq: number): Promise<Mine>
}

const SEND_MS = 400
const META = 'read-marks'

/** How far each chat was read here. It is shown at once, told a moment later, and never goes back. */
export class ReadMarks {
  readonly #parts: ReadMarksParts
  readonly #waiting = new Map<string, number>()
  /** How far each chat was read while this page is open. */
  readonly #read = new Map<string, number>()
  #isSoon = false

  constructor(parts: ReadMarksParts) {
    this.#parts = parts
  }

  /** @param known ends when the book knows its chats: what is read is counted off there. */
  async load(known: Promise<unknown>): Promise<void> {
    const [kept] = await Promise.all([this.#parts.shelves.get('meta', META), known])
    for (const [chat, seq] of (kept ?? []) as [string, number][]) this.mark(chat, seq)
  }

  mark(chat: string, seq: number): void {
    const { book, shelves, world } = this.#parts
    const me = book.chat(chat)?.me
    const known = Math.max(me?.readSeq ?? 0, this.#read.get(chat) ?? 0)
    if (seq <= known) return
    this.#waiting.set(chat, seq)
    this.#read.set(chat, seq)
    const changes: Change[] = book.change(chat, (now) => readTo(now, seq))
    changes.push({ shelf: 'meta', key: META, put: [...this.#waiting] })
    void shelves.write(changes).catch(() => undefined)
    if (this.#isSoon) return
    this.#isSoon = true
    world.later(() => {
      this.#isSoon = false
      this.flush()
    }, SEND_MS)
  }

  /** Chats as the station has answered, which it may have begun before it heard how far they were read. */
  over(chats: readonly Chat[]): Chat[] {
    return chats.map((chat) => {
      const seq = this.#read.get(chat.id) ?? 0
      return seq > (chat.me?.readSeq ?? 0) ? readTo(chat, seq) : chat
    })
  }

  flush(): void {
    for (const [chat, seq] of this.#waiting) void this.#send(chat, seq)
  }

  async #send(chat: string, seq: number): Promise<void> {
    try {
      const mine = await this.#parts.save(chat, seq)
      this.#parts.book.change(chat, (now) => withMine(now, mine))
    } catch {
      return
    }
    if (this.#waiting.get(chat) === seq) this.#waiting.delete(chat)
    const put = [...this.#waiting]
    await this.#parts.shelves.write([{ shelf: 'meta', key: META, put }]).catch(() => undefined)
  }
}

/** An estimate until the station says it: what is below cannot be unread any more. */
function readTo(chat: Chat, seq: number): Chat {
  const { me, lastSeq } = chat
  if (!me) return chat
  const unread = Math.min(me.unread, Math.max(0, lastSeq - seq))
  const mentions = unread === 0 ? 0 : Math.min(me.mentions, unread)
  return { ...chat, me: { ...me, readSeq: seq, unread, mentions, markedUnread: false } }
}
