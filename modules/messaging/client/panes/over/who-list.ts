import type { Deeds } from '../../desk/deeds.ts'
import type { WhoPart } from '../../desk/over.ts'
import type { Message, Person } from '../../protocol/dto.ts'
import { Watched } from '../../store/watched.ts'

export interface Who {
  readonly user: Person
  /** Absent of who has only read it. */
  readonly emoji?: string
  readonly reactedAt?: string
}

interface ReactedPage {
  readonly items: readonly Who[]
  readonly nextCursor: string | null
}

/** Who stands behind the signs at a message, part by part and page by page. */
export class WhoList extends Watched {
  readonly #deeds: Deeds
  readonly #message: Message
  #part: WhoPart
  #people: readonly Who[] | undefined
  #cursor: string | null = null
  /** Of the newest question: an answer to an older one is dropped. */
  #asked = 0

  constructor(deeds: Deeds, message: Message, part: WhoPart) {
    super()
    this.#deeds = deeds
    this.#message = message
    this.#part = part
  }

  get part(): WhoPart {
    return this.#part
  }

  /** Undefined until the station has answered. */
  get people(): readonly Who[] | undefined {
    return this.#people
  }

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  async choose(part: WhoPart): Promise<void> {
    this.#part = part
    this.#people = undefined
    this.#cursor = null
    this.changed()
    await this.load()
  }

  async load(): Promise<void> {
    if (this.#part === 'read') await this.#askReaders()
    else await this.#askReactions(this.#part, null)
  }

  async more(): Promise<void> {
    if (this.#part !== 'read') await this.#askReactions(this.#part, this.#cursor)
  }

  async #askReaders(): Promise<void> {
    const asked = ++this.#asked
    const { chat, seq } = this.#message
    const answer = (await this.#deeds.look('msg.readers', { chat, seq })) as
      | { items: readonly Person[] }
      | undefined
    if (asked === this.#asked) this.#show(answer?.items.map((user) => ({ user })) ?? [], null)
  }

  async #askReactions(part: Exclude<WhoPart, 'read'>, from: string | null): Promise<void> {
    const asked = ++this.#asked
    const { chat, seq } = this.#message
    const page = (await this.#deeds.look('msg.reactions', {
      chat,
      seq,
      ...(part !== 'all' && part),
      ...(from !== null && { cursor: from }),
    })) as ReactedPage | undefined
    if (asked !== this.#asked) return
    const before = from === null ? [] : (this.#people ?? [])
    this.#show([...before, ...(page?.items ?? [])], page?.nextCursor ?? null)
  }

  #show(people: readonly Who[], cursor: string | null): void {
    this.#people = people
    this.#cursor = cursor
    this.changed()
  }
}
