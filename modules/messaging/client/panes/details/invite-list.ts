import type { Chat, Person } from '../../protocol/dto.ts'
import type { Deeds } from '../../desk/deeds.ts'
import { Watched } from '../../store/watched.ts'

export interface Invite {
  readonly token: string
  readonly path: string
  readonly expiresAt: string | null
  readonly maxUses: number | null
  readonly uses: number
  readonly approval: boolean
}

export interface JoinRequest {
  readonly user: Person
}

export interface InviteWish {
  readonly isWeek: boolean
  readonly isOnce: boolean
  readonly asks: boolean
}

const WEEK_MS = 7 * 86_400_000

/** Links that let people into a chat, and those who wait at its door. */
export class InviteList extends Watched {
  readonly #deeds: Deeds
  readonly #chat: string
  #invites: readonly Invite[] = []
  #requests: readonly JoinRequest[] = []

  constructor(deeds: Deeds, { id }: Chat) {
    super()
    this.#deeds = deeds
    this.#chat = id
  }

  get invites(): readonly Invite[] {
    return this.#invites
  }

  get requests(): readonly JoinRequest[] {
    return this.#requests
  }

  async load(): Promise<void> {
    const listed = await this.#deeds.look('invites.list', { chat: this.#chat })
    const asked = await this.#deeds.look('requests.list', { chat: this.#chat })
    this.#invites = (listed as { items?: readonly Invite[] } | undefined)?.items ?? []
    this.#requests = (asked as { items?: readonly JoinRequest[] } | undefined)?.items ?? []
    this.changed()
  }

  async create({ isWeek, isOnce, asks }: InviteWish): Promise<void> {
    const answer = await this.#deeds.look('invites.create', {
      chat: this.#chat,
      expiresAt: isWeek ? new Date(Date.now() + WEEK_MS).toISOString() : null,
      maxUses: isOnce ? 1 : null,
      approval: asks,
    })
    if (!answer) return
    const invite = answer as Invite
    this.#invites = [invite, ...this.#invites]
    this.changed()
    await this.#deeds.copy(location.origin + invite.path)
  }

  async revoke({ token }: Invite): Promise<void> {
    if (!(await this.#deeds.look('invites.revoke', { chat: this.#chat, token }))) return
    this.#invites = this.#invites.filter((each) => each.token !== token)
    this.changed()
  }

  async decide({ id }: Person, accept: boolean): Promise<void> {
    const input = { chat: this.#chat, user: id, accept }
    if (!(await this.#deeds.look('requests.decide', input))) return
    this.#requests = this.#requests.filter(({ user }) => user.id !== id)
    this.changed()
  }
}
