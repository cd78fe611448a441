import { History, type HistoryParts } from './history.ts'
import type { Change } from './shelves.ts'

export type HistoryWorld = Omit<HistoryParts, 'chat' | 'fetch' | 'lastSeq'> & {
  fetch(
    chat: string,
    ...question: Parameters<HistoryParts['fetch']>
  ): ReturnType<HistoryParts['fetch']>
  lastSeq(chat: string): number
}

/** The histories of all chats, opened when they are first needed. */
export class Histories {
  readonly #world: HistoryWorld
  readonly #open = new Map<string, Promise<History>>()

  constructor(world: HistoryWorld) {
    this.#world = world
  }

  of(chat: string): Promise<History> {
    const world = this.#world
    const known = this.#open.get(chat)
    if (known) return known
    const opening = History.open({
      chat,
      shelves: world.shelves,
      fetch: (question) => world.fetch(chat, question),
      lastSeq: () => world.lastSeq(chat),
      met: world.met,
    })
    this.#open.set(chat, opening)
    return opening
  }

  /** Forgets everything: what is kept may have changed unseen. */
  async forgetAll(): Promise<Change[]> {
    for (const opening of this.#open.values()) (await opening).forget()
    return [
      { shelf: 'messages', all: true },
      { shelf: 'ranges', all: true },
    ]
  }

  /** What was said until now has been cleared on another device; what is left is asked for. */
  async clear(chat: string): Promise<Change[]> {
    const opening = this.#open.get(chat)
    if (opening) (await opening).forget()
    return [
      { shelf: 'messages', all: true, chat },
      { shelf: 'ranges', key: chat },
    ]
  }

  async drop(chat: string): Promise<void> {
    const opening = this.#open.get(chat)
    this.#open.delete(chat)
    if (opening) (await opening).forget()
  }
}
