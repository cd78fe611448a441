import { History, type HistoryParts } from './history.ts'
import type { Change } from './shelves.ts'

export type HistoryWorld = Omit<HistoryParts, 'chat' | 'fetch' | 'lastSeq' | 'isShelfVoid'> & {
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
  readonly #opened = new Set<History>()
  /** What is on the shelves means nothing any more. */
  #isShelfVoid = false

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
      isShelfVoid: () => this.#isShelfVoid,
    })
    this.#open.set(chat, opening)
    void opening.then((history) => this.#opened.add(history), nothing)
    return opening
  }

  /** Forgets what is in memory: what is kept has changed unseen. */
  async forgetAll(): Promise<void> {
    for (const opening of this.#open.values()) (await opening).forget()
  }

  /** Forgets everything. The shelves stay as they are, unread, until they are renewed. */
  async distrust(): Promise<void> {
    this.#isShelfVoid = true
    await this.forgetAll()
  }

  /** Leaves on the shelves only what has come since they were distrusted. To be written at once. */
  renew(): Change[] {
    this.#isShelfVoid = false
    return [
      { shelf: 'messages', all: true },
      { shelf: 'ranges', all: true },
      ...[...this.#opened].flatMap((history) => history.all()),
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
    const history = await opening
    if (!history) return
    this.#opened.delete(history)
    history.forget()
  }
}

function nothing(): void {
  return undefined
}
