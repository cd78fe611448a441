import type { Chat, Person } from '../../protocol/dto.ts'
import type { Deeds } from '../../desk/deeds.ts'
import { Watched } from '../../store/watched.ts'

export interface Member {
  readonly user: Person
  readonly role: 'owner' | 'admin' | 'member'
}

interface MemberPage {
  readonly items: readonly Member[]
  readonly nextCursor: string | null
}

/** Who is in a chat, page by page, and what those who lead do with them. */
export class MemberList extends Watched {
  readonly #deeds: Deeds
  readonly #chat: string
  #members: readonly Member[] = []
  #cursor: string | null = null

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

  async load(): Promise<void> {
    this.#cursor = null
    await this.more()
  }

  async more(): Promise<void> {
    const from = this.#cursor
    const input = { chat: this.#chat, ...(from !== null && { cursor: from }) }
    const page = (await this.#deeds.look('members.list', input)) as MemberPage | undefined
    if (!page) return
    this.#members = from === null ? page.items : [...this.#members, ...page.items]
    this.#cursor = page.nextCursor
    this.changed()
  }

  async setRole({ id }: Person, role: 'admin' | 'member'): Promise<void> {
    const answer = await this.#deeds.look('members.role', { chat: this.#chat, user: id, role })
    if (!answer) return
    this.#members = this.#members.map((each) => (each.user.id === id ? { ...each, role } : each))
    this.changed()
  }

  async remove({ id }: Person): Promise<void> {
    const answer = await this.#deeds.look('members.remove', { chat: this.#chat, user: id })
    if (!answer) return
    this.#members = this.#members.filter(({ user }) => user.id !== id)
    this.changed()
  }
}
