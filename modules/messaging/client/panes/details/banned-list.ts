import type { Chat, Person } from '../../protocol/dto.ts'
import type { Deeds } from '../../desk/deeds.ts'
import { Watched } from '../../store/watched.ts'

interface BannedPage {
  readonly items: readonly { readonly user: Person }[]
  readonly nextCursor: string | null
}

/** Who was sent away for good, page by page, from when it is first asked for. */
export class BannedList extends Watched {
  readonly #deeds: Deeds
  readonly #chat: string
  #people: readonly Person[] | undefined
  #cursor: string | null = null

  constructor(deeds: Deeds, { id }: Chat) {
    super()
    this.#deeds = deeds
    this.#chat = id
  }

  /** Undefined while nobody has asked. */
  get people(): readonly Person[] | undefined {
    return this.#people
  }

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  async load(): Promise<void> {
    this.#cursor = null
    await this.more()
  }

  /** Only where it is shown. */
  async loadAnew(): Promise<void> {
    if (this.#people) await this.load()
  }

  async more(): Promise<void> {
    const from = this.#cursor
    const input = { chat: this.#chat, ...(from !== null && { cursor: from }) }
    const page = (await this.#deeds.look('members.banned', input)) as BannedPage | undefined
    if (!page) return
    const people = page.items.map(({ user }) => user)
    this.#people = from === null ? people : [...(this.#people ?? []), ...people]
    this.#cursor = page.nextCursor
    this.changed()
  }

  async unban({ id }: Person): Promise<boolean> {
    const isDone = await this.#deeds.look('members.unban', { chat: this.#chat, user: id })
    await this.load()
    return isDone !== undefined
  }
}
