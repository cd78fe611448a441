import type { Chat, GoneReason, Message, Person } from '../protocol/dto.ts'
import type { Change, Shelves } from './shelves.ts'
import { Watched } from './watched.ts'

export type ListFilter = 'all' | 'personal' | 'groups' | 'channels'

/** The chats and people this account knows, as they are here at this moment. */
export class Book extends Watched {
  readonly me: string
  readonly #chats = new Map<string, Chat>()
  readonly #people = new Map<string, Person>()
  readonly #gone = new Map<string, GoneReason>()
  /** What was sent here and is not in the log of the station as far as this page has heard it. */
  readonly #said = new Map<string, Message>()
  #isLoaded = false

  constructor(me: string) {
    super()
    this.me = me
  }

  /** Whether the list is known, be it from an earlier visit. */
  get isLoaded(): boolean {
    return this.#isLoaded
  }

  async load(shelves: Shelves): Promise<void> {
    const [chats, people] = await Promise.all([shelves.all('chats'), shelves.all('people')])
    this.#chats.clear()
    for (const chat of chats as Chat[]) this.#chats.set(chat.id, chat)
    for (const person of people as Person[]) this.#people.set(person.id, person)
    if (chats.length > 0) this.#isLoaded = true
    this.changed()
  }

  chat(id: string): Chat | undefined {
    return this.#chats.get(id)
  }

  person(id: string | null): Person | undefined {
    return id === null ? undefined : this.#people.get(id)
  }

  /** Why a chat that was here is gone. */
  goneBecause(id: string): GoneReason | undefined {
    return this.#gone.get(id)
  }

  all(): readonly Chat[] {
    return [...this.#chats.values()]
  }

  /** The station has taken a message of this page. */
  said(m: Message): Change[] {
    if (m.seq > (this.#chats.get(m.chat)?.lastSeq ?? 0)) this.#said.set(m.chat, m)
    return this.change(m.chat, (chat) => withSaid(chat, m))
  }

  /** The log has come to this message. */
  heard({ chat, seq }: Message): void {
    if ((this.#said.get(chat)?.seq ?? 0) <= seq) this.#said.delete(chat)
  }

  /** Takes over the whole list as the station has it, or had it when one last spoke. */
  replace(chats: readonly Chat[], people: readonly Person[]): Change[] {
    this.#chats.clear()
    this.#isLoaded = true
    const changes: Change[] = [{ shelf: 'chats', all: true }]
    const now = chats.map((chat) => withSaid(chat, this.#said.get(chat.id)))
    return [...changes, ...this.put(now, people)]
  }

  put(chats: readonly Chat[], people: readonly Person[] = []): Change[] {
    const changes: Change[] = []
    for (const chat of chats) {
      this.#chats.set(chat.id, chat)
      this.#gone.delete(chat.id)
      changes.push({ shelf: 'chats', key: chat.id, put: chat })
    }
    const peers = chats.flatMap(({ peer }) => peer ?? [])
    for (const person of [...people, ...peers]) {
      this.#people.set(person.id, person)
      changes.push({ shelf: 'people', key: person.id, put: person })
    }
    this.#isLoaded ||= chats.length > 0
    this.changed()
    return changes
  }

  /** @returns nothing where the chat is not known here. */
  change(id: string, change: (chat: Chat) => Chat): Change[] {
    const chat = this.#chats.get(id)
    return chat ? this.put([change(chat)]) : []
  }

  /** Something it tells of has ended by the clock alone. */
  timePassed(): void {
    this.changed()
  }

  gone(id: string, reason: GoneReason): Change[] {
    this.#chats.delete(id)
    this.#gone.set(id, reason)
    this.changed()
    return [
      { shelf: 'chats', key: id },
      { shelf: 'messages', all: true, chat: id },
      { shelf: 'ranges', key: id },
      { shelf: 'places', key: id },
    ]
  }
}

function withSaid(chat: Chat, m: Message | undefined): Chat {
  if (!m || m.seq < chat.lastSeq || m.deleted) return chat
  return { ...chat, lastSeq: m.seq, last: m, me: chat.me && { ...chat.me, readSeq: m.seq } }
}

/** Of a list: pinned in their order, then whatever was last alive. */
export function inOrder(chats: readonly Chat[]): Chat[] {
  return chats.toSorted((a, b) => {
    const [first, second] = [a.me?.pinned ?? null, b.me?.pinned ?? null]
    if (first !== null && second !== null) return first - second
    if (first !== null) return -1
    if (second !== null) return 1
    return aliveAt(b).localeCompare(aliveAt(a))
  })
}

/** When something last happened, in a form that sorts as text. */
function aliveAt(chat: Chat): string {
  const last = chat.last?.date ?? chat.createdAt
  const draft = chat.me?.draft?.at ?? ''
  return last > draft ? last : draft
}

export function isIn(filter: ListFilter, { type }: Chat): boolean {
  if (filter === 'all') return true
  if (filter === 'personal') return type === 'private' || type === 'saved'
  return filter === 'groups' ? type === 'group' : type === 'channel'
}

export function isMuted(chat: Chat, nowMs: number): boolean {
  const until = chat.me?.mutedUntil
  return until != null && Date.parse(until) > nowMs
}

export function hasUnread({ me }: Chat): boolean {
  return me !== null && (me.unread > 0 || me.markedUnread)
}
