import { Refused, type Told, type World } from '#client'
import type { Chat, Message } from '../protocol/dto.ts'
import type { Book } from './book.ts'
import { Watched } from './watched.ts'

const SECOND_MS = 1_000
const CODE = 'QL_MSG_SLOW_MODE'

/** How long one has to wait in each chat before the next message; changes once a second. */
export class SlowMode extends Watched {
  readonly #world: World
  readonly #book: Book
  /** When one has last written there; how long that holds one up is for the chat to say. */
  readonly #saidMs = new Map<string, number>()
  #isTicking = false

  constructor(world: World, book: Book) {
    super()
    this.#world = world
    this.#book = book
  }

  /** 0 where one may write now, or is not held up at all. */
  secondsLeft(id: string): number {
    const chat = this.#book.chat(id)
    if (!chat || !isHeldUp(chat)) return 0
    const goneMs = this.#world.now() - (this.#saidMs.get(id) ?? -Infinity)
    const left = chat.slowModeS - Math.floor(goneMs / SECOND_MS)
    return Math.max(0, Math.min(left, chat.slowModeS))
  }

  /** Hears what becomes of a message, and passes it on. */
  async during<Answer>(chat: string, sending: Promise<Answer>): Promise<Answer> {
    try {
      const answer = await sending
      this.#said(chat, this.#world.now())
      return answer
    } catch (error) {
      if (error instanceof Refused && error.failure.code === CODE) {
        const leftMs = (error.failure.retry_ms ?? 0) - this.#spanMs(chat)
        this.#said(chat, this.#world.now() + leftMs)
      }
      throw error
    }
  }

  /** One's own messages hold up every tab and device, wherever they were written. */
  hear(events: readonly Told[]): void {
    for (const event of events) {
      if (event.k !== 'msg.new') continue
      const { m } = event as unknown as { m: Message }
      if (m.sender !== this.#book.me || m.kind !== 'text') continue
      this.#said(m.chat, Date.parse(m.date))
    }
  }

  #spanMs(chat: string): number {
    return (this.#book.chat(chat)?.slowModeS ?? 0) * SECOND_MS
  }

  /** Nothing is said later than now, whatever a clock says. */
  #said(chat: string, atMs: number): void {
    const saidMs = Math.min(atMs, this.#world.now())
    this.#saidMs.set(chat, Math.max(saidMs, this.#saidMs.get(chat) ?? -Infinity))
    if (this.secondsLeft(chat) === 0) return
    this.changed()
    this.#tick()
  }

  #tick(): void {
    if (this.#isTicking) return
    this.#isTicking = true
    this.#world.later(() => {
      this.#isTicking = false
      this.changed()
      if ([...this.#saidMs.keys()].some((chat) => this.secondsLeft(chat) > 0)) this.#tick()
    }, SECOND_MS)
  }
}

/** Those who keep a group write as they like. */
function isHeldUp({ type, me, slowModeS }: Chat): boolean {
  return type === 'group' && me?.role === 'member' && slowModeS > 0
}
