import type { World } from '#client'
import type { Ephemeral } from '../protocol/dto.ts'
import { Watched } from './watched.ts'

export type Doing = 'text' | 'voice' | 'file'

const TYPING_MS = 6_000
const TELL_MS = 4_000

/** Who is here, and who is writing; nothing of it is kept. */
export class Presence extends Watched {
  readonly #world: World
  readonly #tell: (chat: string, what: Doing | 'stop') => void
  readonly #typing = new Map<string, Map<string, { what: Doing; cancel: () => void }>>()
  readonly #online = new Map<string, string | null>()
  #told: { chat: string; at: number } | undefined

  constructor(world: World, tell: (chat: string, what: Doing | 'stop') => void) {
    super()
    this.#world = world
    this.#tell = tell
  }

  /** Undefined while nothing is known, `online`, or when the person was last here. */
  of(user: string): string | null | undefined {
    return this.#online.get(user)
  }

  isOnline(user: string): boolean {
    return this.#online.get(user) === 'online'
  }

  typingIn(chat: string): readonly { readonly user: string; readonly what: Doing }[] {
    return Array.from(this.#typing.get(chat) ?? [], ([user, { what }]) => ({ user, what }))
  }

  hear(event: Ephemeral): void {
    if (event.k === 'presence') this.know(event.user, event.state, event.lastSeen)
    else if (event.what === 'stop') this.stopped(event.chat, event.user)
    else this.#started(event.chat, event.user, event.what)
  }

  know(user: string, state: string, lastSeen: string | null): void {
    const says = state === 'online' ? 'online' : lastSeen
    if (this.#online.get(user) === says) return
    this.#online.set(user, says)
    this.changed()
  }

  /** A message has come, or the person stopped. */
  stopped(chat: string, user: string): void {
    const typing = this.#typing.get(chat)
    typing?.get(user)?.cancel()
    if (typing?.delete(user)) this.changed()
  }

  /** This person writes; said at most every few seconds. */
  write(chat: string, what: Doing): void {
    const now = this.#world.now()
    if (this.#told?.chat === chat && now - this.#told.at < TELL_MS) return
    this.#told = { chat, at: now }
    this.#tell(chat, what)
  }

  /** This person has stopped. */
  rest(chat: string): void {
    if (this.#told?.chat !== chat) return
    this.#told = undefined
    this.#tell(chat, 'stop')
  }

  #started(chat: string, user: string, what: Doing): void {
    const typing = this.#typing.get(chat) ?? new Map<string, { what: Doing; cancel: () => void }>()
    this.#typing.set(chat, typing)
    typing.get(user)?.cancel()
    const cancel = this.#world.later(() => this.stopped(chat, user), TYPING_MS)
    typing.set(user, { what, cancel })
    this.changed()
  }
}
