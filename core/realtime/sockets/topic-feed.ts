import { DRAIN_MS, FULL_BYTES } from '../limits.ts'
import { topicFrame } from '../frames/outgoing-frame.ts'
import type { Outlet } from './outlet.ts'
import type { Topics } from './topics.ts'

export interface TopicFeedParts {
  readonly userId: string
  readonly topics: Topics
  readonly outlet: Outlet
  now(): number
  failed(error: unknown): void
}

/**
 * Brings one socket what is told in the topics its person follows: each once and in order, from
 * memory while it keeps up, and by asking for what is missing after every gap.
 */
export class TopicFeed {
  readonly #parts: TopicFeedParts
  /** Topic → up to here everything is written to the socket. */
  readonly #heads = new Map<string, number>()
  /** Left while the answer that still names them was on its way. */
  readonly #left = new Set<string>()
  #isOpen = false
  #isAsking = false
  #isWanted = false
  #fullSince: number | undefined

  constructor(parts: TopicFeedParts) {
    this.#parts = parts
  }

  get userId(): string {
    return this.#parts.userId
  }

  /** @param held what the client has, by topic. */
  start(held: Readonly<Record<string, number>>): void {
    this.#isOpen = true
    for (const [topic, ev] of Object.entries(held)) this.#heads.set(topic, ev)
    this.ask()
  }

  /** Something was told; called in any order. */
  offer(topic: string, ev: number, frame: () => Buffer): void {
    const head = this.#heads.get(topic)
    if (head === undefined || ev <= head) return
    if (this.#isAsking || ev !== head + 1 || this.#isFull()) return this.ask()
    this.#heads.set(topic, ev)
    this.#parts.outlet.send(frame())
  }

  /** The topic goes up to `ev`, as another process has told it. */
  reach(topic: string, ev: number): void {
    const head = this.#heads.get(topic)
    if (head !== undefined && ev > head) this.ask()
  }

  leave(topic: string): void {
    this.#heads.delete(topic)
    if (this.#isAsking) this.#left.add(topic)
  }

  /** Asks which topics the person follows, and for what is missing in them. */
  ask(): void {
    this.#isWanted = true
    if (!this.#isOpen || this.#isAsking || this.#isFull()) return
    this.#isAsking = true
    this.#askAll()
      .catch((error: unknown) => this.#parts.failed(error))
      .finally(() => {
        this.#isAsking = false
      })
  }

  /** Each second, and when bytes have been taken. @returns false when it was full for too long. */
  tick(): boolean {
    if (this.#isWanted) this.ask()
    return this.#fullSince === undefined || this.#parts.now() - this.#fullSince < DRAIN_MS
  }

  stop(): void {
    this.#isOpen = false
    this.#parts.topics.drop(this)
  }

  #isFull(): boolean {
    const isFull = this.#parts.outlet.waitingBytes > FULL_BYTES
    if (!isFull) this.#fullSince = undefined
    else this.#fullSince ??= this.#parts.now()
    return isFull
  }

  async #askAll(): Promise<void> {
    const { topics, userId } = this.#parts
    while (this.#isWanted && this.#isOpen) {
      this.#isWanted = false
      this.#left.clear()
      const followed = await topics.followedBy(userId, Object.fromEntries(this.#heads))
      if (!this.#isOpen) return
      const names = new Set(followed.map(({ topic }) => topic))
      for (const topic of this.#heads.keys()) if (!names.has(topic)) this.#heads.delete(topic)
      for (const { topic, ev, events } of followed) {
        if (this.#left.has(topic)) continue
        /* What was told between the question and the first answer is asked for once more. */
        if (topics.add(topic, this)) this.#isWanted = true
        for (const event of events) this.#parts.outlet.send(topicFrame(JSON.stringify(event)))
        this.#heads.set(topic, ev)
      }
    }
  }
}
