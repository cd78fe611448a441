import type { TopicFeed } from './topic-feed.ts'

/** One topic of a person, and what the person lacks in it. */
export interface FollowedTopic {
  readonly topic: string
  readonly ev: number
  /** Updates `{k, …}` in order, or one that stands for all of them. */
  readonly events: readonly object[]
}

/** Knows somebody's topics. `held` is what the socket has, by topic; new ones are not in it. */
export type TopicSource = (
  userId: string,
  held: Readonly<Record<string, number>>,
) => Promise<readonly FollowedTopic[]>

/** Which sockets follow what is told to many. */
export class Topics {
  readonly #sources = new Set<TopicSource>()
  readonly #followers = new Map<string, Set<TopicFeed>>()

  /** @returns what to call to stop asking it. */
  addSource(source: TopicSource): () => void {
    this.#sources.add(source)
    return () => void this.#sources.delete(source)
  }

  async followedBy(
    userId: string,
    held: Readonly<Record<string, number>>,
  ): Promise<FollowedTopic[]> {
    const answers = await Promise.all([...this.#sources].map((source) => source(userId, held)))
    return answers.flat()
  }

  /** @returns whether it is new. */
  add(topic: string, feed: TopicFeed): boolean {
    const feeds = this.#followers.get(topic)
    if (!feeds) {
      this.#followers.set(topic, new Set([feed]))
      return true
    }
    const isNew = !feeds.has(feed)
    feeds.add(feed)
    return isNew
  }

  /** @param apart who asks instead. */
  offer(topic: string, ev: number, frame: () => Buffer, apart: ReadonlySet<string>): void {
    const hasApart = apart.size > 0
    for (const feed of this.#followers.get(topic) ?? []) {
      if (hasApart && apart.has(feed.userId)) feed.reach(topic, ev)
      else feed.offer(topic, ev, frame)
    }
  }

  reach(topic: string, ev: number): void {
    for (const feed of this.#followers.get(topic) ?? []) feed.reach(topic, ev)
  }

  /** These people hear no more of it. */
  leave(topic: string, userIds: ReadonlySet<string>): void {
    const feeds = this.#followers.get(topic)
    for (const feed of feeds ?? []) {
      if (!userIds.has(feed.userId)) continue
      feed.leave(topic)
      feeds?.delete(feed)
    }
    if (feeds?.size === 0) this.#followers.delete(topic)
  }

  drop(feed: TopicFeed): void {
    for (const [topic, feeds] of this.#followers) {
      feeds.delete(feed)
      if (feeds.size === 0) this.#followers.delete(topic)
    }
  }
}
