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
  /** Seconds; null: for ever. */
  readonly forS: number | null
  readonly maxUses: number | null
  /** An admin lets people in one by one. */
  readonly approval: boolean
}

/** Links that let people into a chat, and those who wait at its door. */
export class InviteList extends Watched {
  readonly #deeds: Deeds
  readonly #chat: string
  #isShown = false
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
    this.#isShown = true
    const listed = await this.#deeds.peek('invites.list', { chat: this.#chat })
    this.#invites = (listed as { items?: readonly Invite[] } | undefined)?.items ?? []
    this.changed()
  }

  /** Who asks now, and how often the links that are shown have been used. */
  async loadAnew(): Promise<void> {
    await this.#loadRequests()
    if (this.#isShown) await this.load()
  }

  async #loadRequests(): Promise<void> {
    const asked = await this.#deeds.peek('requests.list', { chat: this.#chat })
    this.#requests = (asked as { items?: readonly JoinRequest[] } | undefined)?.items ?? []
    this.changed()
  }

  async create(wish: InviteWish): Promise<void> {
    const answer = await this.#deeds.look('invites.create', { chat: this.#chat, ...wish })
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

  async decide({ id }: Person, accept: boolean): Promise<boolean> {
    const input = { chat: this.#chat, user: id, accept }
    /* Also when it was refused: another admin may have been quicker. */
    const isDone = (await this.#deeds.look('requests.decide', input)) !== undefined
    await this.#loadRequests()
    return isDone
  }
}
