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
  readonly #untilMs = new Map<string, number>()
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
    const leftMs = (this.#untilMs.get(id) ?? 0) - this.#world.now()
    return Math.max(0, Math.min(Math.ceil(leftMs / SECOND_MS), chat.slowModeS))
  }

  /** Hears what becomes of a message, and passes it on. */
  async during<Answer>(chat: string, sending: Promise<Answer>): Promise<Answer> {
    try {
      const answer = await sending
      this.#wait(chat, (this.#book.chat(chat)?.slowModeS ?? 0) * SECOND_MS)
      return answer
    } catch (error) {
      if (error instanceof Refused && error.failure.code === CODE) {
        this.#wait(chat, error.failure.retry_ms ?? 0)
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
      const spanMs = (this.#book.chat(m.chat)?.slowModeS ?? 0) * SECOND_MS
      this.#wait(m.chat, Date.parse(m.date) + spanMs - this.#world.now())
    }
  }

  #wait(chat: string, ms: number): void {
    if (ms <= 0) return
    const untilMs = this.#world.now() + ms
    this.#untilMs.set(chat, Math.max(untilMs, this.#untilMs.get(chat) ?? 0))
    this.changed()
    this.#tick()
  }

  #tick(): void {
    if (this.#isTicking) return
    this.#isTicking = true
    this.#world.later(() => {
      this.#isTicking = false
      for (const [chat, untilMs] of this.#untilMs) {
        if (untilMs <= this.#world.now()) this.#untilMs.delete(chat)
      }
      this.changed()
      if (this.#untilMs.size > 0) this.#tick()
    }, SECOND_MS)
  }
}

/** Those who keep a group write as they like. */
function isHeldUp({ type, me, slowModeS }: Chat): boolean {
  return type === 'group' && me?.role === 'member' && slowModeS > 0
}
