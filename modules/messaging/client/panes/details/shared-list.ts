import type { Chat, Message } from '../../protocol/dto.ts'
import type { Deeds } from '../../desk/deeds.ts'
import { Watched } from '../../store/watched.ts'

export const SHARED_KINDS = ['media', 'files', 'links', 'voice'] as const
export type SharedKind = (typeof SHARED_KINDS)[number]

interface SharedPage {
  readonly items: readonly Message[]
  readonly nextCursor: string | null
}

/** What was sent in a chat, of one kind, page by page. */
export class SharedList extends Watched {
  readonly #deeds: Deeds
  readonly #chat: string
  #kind: SharedKind = 'media'
  #items: readonly Message[] | undefined
  #cursor: string | null = null

  constructor(deeds: Deeds, { id }: Chat) {
    super()
    this.#deeds = deeds
    this.#chat = id
  }

  get kind(): SharedKind {
    return this.#kind
  }

  /** Undefined until the first answer. */
  get items(): readonly Message[] | undefined {
    return this.#items
  }

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  choose(kind: SharedKind): void {
    this.#kind = kind
    this.#items = undefined
    this.#cursor = null
    this.changed()
    void this.load()
  }

  /** From the newest on. */
  async load(): Promise<void> {
    const kind = this.#kind
    const page = await this.#page(null)
    if (kind !== this.#kind || !page) return
    this.#items = page.items
    this.#cursor = page.nextCursor
    this.changed()
  }

  async more(): Promise<void> {
    const page = await this.#page(this.#cursor)
    if (!page) return
    this.#items = [...(this.#items ?? []), ...page.items]
    this.#cursor = page.nextCursor
    this.changed()
  }

  async #page(cursor: string | null): Promise<SharedPage | undefined> {
    const input = { chat: this.#chat, kind: this.#kind, ...(cursor !== null && { cursor }) }
    return (await this.#deeds.peek('msg.shared', input)) as SharedPage | undefined
  }
}
