import type { Hands } from '../../desk/use-desk.ts'
import { Watched } from '../../store/watched.ts'
import { FoundList, wordsMeant } from '../list/found-list.ts'

const PAGE = 100

/** Places in one chat where something is said, the latest first. */
export class Finding extends Watched {
  readonly #hands: Hands
  readonly #chat: string
  readonly #found: FoundList
  #at = 0

  constructor(hands: Hands, chat: string) {
    super()
    this.#hands = hands
    this.#chat = chat
    this.#found = new FoundList(hands)
    this.#found.watch(() => this.changed())
  }

  get count(): number {
    return this.#found.items.length
  }

  /** Whether there are places that have not been counted yet. */
  get hasMore(): boolean {
    return this.#found.hasMore
  }

  /** From 1. */
  get number(): number {
    return this.#at + 1
  }

  isAskingFor(query: string): boolean {
    return this.#found.isAskingFor(query)
  }

  ask(query: string): void {
    const search = query === '' ? undefined : { q: query, chat: this.#chat, limit: PAGE }
    if (!search) this.#hands.desk.mean(new Set())
    this.#found.ask(search, () => this.#show(0))
  }

  /** Around the end, once all is known. */
  async go(step: number): Promise<void> {
    const next = this.#at + step
    if (next >= this.count && this.hasMore) await this.#found.more()
    const { count } = this
    if (count > 0) this.#show((next + count) % count)
  }

  #show(at: number): void {
    const { desk } = this.#hands
    const { items } = this.#found
    this.#at = at
    desk.mean(wordsMeant(items))
    const seq = items[at]?.m.seq
    if (seq !== undefined) desk.show(this.#chat, seq)
    this.changed()
  }
}
