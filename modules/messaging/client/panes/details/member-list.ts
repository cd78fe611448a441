import type { Chat, Person, Rights } from '../../protocol/dto.ts'
import type { Deeds } from '../../desk/deeds.ts'
import { Watched } from '../../store/watched.ts'

export interface Member {
  readonly user: Person
  readonly role: 'owner' | 'admin' | 'member'
  readonly rights: Rights
}

interface MemberPage {
  readonly items: readonly Member[]
  readonly nextCursor: string | null
}

/** Who is in a chat, page by page or by name, and what those who lead do with them. */
export class MemberList extends Watched {
  readonly #deeds: Deeds
  readonly #chat: string
  #members: readonly Member[] = []
  #cursor: string | null = null
  #name = ''
  /** Of the newest question: an answer to an older one is dropped. */
  #asked = 0

  constructor(deeds: Deeds, { id }: Chat) {
    super()
    this.#deeds = deeds
    this.#chat = id
  }

  get members(): readonly Member[] {
    return this.#members
  }

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  /** What is looked for; empty: everybody is shown. */
  get name(): string {
    return this.#name
  }

  async load(): Promise<void> {
    await this.#ask(null)
  }

  async more(): Promise<void> {
    await this.#ask(this.#cursor)
  }

  /** Those whose names have this in them. */
  async find(name: string): Promise<void> {
    this.#name = name.trim()
    await this.load()
  }

  async setRole({ id }: Person, role: Member['role'], rights?: Rights): Promise<boolean> {
    const order = { chat: this.#chat, user: id, role, ...(rights && { rights }) }
    const isDone = (await this.#deeds.look('members.role', order)) !== undefined
    if (isDone) await this.load()
    return isDone
  }

  async remove({ id }: Person, ban: boolean): Promise<boolean> {
    const answer = await this.#deeds.look('members.remove', { chat: this.#chat, user: id, ban })
    if (!answer) return false
    this.#members = this.#members.filter(({ user }) => user.id !== id)
    this.changed()
    return true
  }

  async #ask(from: string | null): Promise<void> {
    const asked = ++this.#asked
    const name = this.#name
    const page = (await this.#deeds.peek('members.list', {
      chat: this.#chat,
      ...(from !== null && { cursor: from }),
      ...(name !== '' && { q: name }),
    })) as MemberPage | undefined
    if (!page || asked !== this.#asked) return
    this.#members = from === null ? page.items : [...this.#members, ...page.items]
    this.#cursor = page.nextCursor
    this.changed()
  }
}
