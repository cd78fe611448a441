import type { Told } from '#client'
import { MOST_OF_A_SMALL_CHAT } from '../../chats/large-chats.ts'
import type { Chat, ChatEvent, Me, Message, Mine, Person } from '../protocol/dto.ts'
import type { Book } from './book.ts'
import type { Histories } from './histories.ts'
import { callsMe, withEdited, withFewer, withMine, withNew } from './own-counts.ts'
import type { Change } from './shelves.ts'

export interface EffectsParts {
  readonly book: Book
  readonly histories: Histories
  /** One of our own messages has arrived: it waits no more. */
  arrived(cid: string): Promise<readonly Change[]>
  /** Somebody else's message, just now. */
  incoming(message: Message): void
  /** A draft from another device. */
  drafted(chat: string, draft: Me['draft']): Promise<readonly Change[]>
  /** These messages are no more, or none of the chat: somebody may have been changing one. */
  lost(chat: string, seqs?: readonly number[]): void
}

const KINDS = new Set<string>([
  'chat.upsert',
  'chat.gone',
  'msg.new',
  'msg.edit',
  'msg.del',
  'msg.react',
  'msg.pin',
  'msg.preview',
  'read',
  'draft',
  'member',
])

/** What an update changes here. All values are absolute, so that hearing one twice does no harm. */
export class Effects {
  readonly #parts: EffectsParts
  /** Chats one has just got: what they begin with may be told before its message. */
  readonly #fresh = new Set<string>()

  constructor(parts: EffectsParts) {
    this.#parts = parts
  }

  async of(told: Told): Promise<Change[]> {
    if (!KINDS.has(told.k)) return []
    const event = told as unknown as ChatEvent
    const changes = await this.#of(event)
    if (event.k === 'chat.upsert' || !('ev' in event) || event.ev === undefined) return changes
    const { chat, ev } = event
    const isNewer = ev > (this.#parts.book.chat(chat)?.ev ?? ev)
    return isNewer
      ? [...changes, ...this.#parts.book.change(chat, (now) => ({ ...now, ev }))]
      : changes
  }

  async #of(event: ChatEvent): Promise<Change[]> {
    const { book, histories } = this.#parts
    switch (event.k) {
      case 'chat.upsert':
        return this.#upserted(event)
      case 'chat.gone':
        this.#parts.lost(event.chat)
        await histories.drop(event.chat)
        return book.gone(event.chat, event.reason)
      case 'msg.new':
        return this.#said(event)
      case 'msg.edit':
        return this.#edited(event)
      case 'msg.del':
        return this.#deleted(event)
      case 'msg.react':
        return this.#reacted(event)
      case 'msg.pin':
        return book.change(event.chat, (chat) => ({
          ...chat,
          pinnedSeqs: event.pinnedSeqs.filter((seq) => seq > (chat.me?.clearedSeq ?? 0)),
        }))
      case 'msg.preview':
        return this.#inMessage(event.chat, event.seq, (message) => ({
          ...message,
          preview: event.preview,
        }))
      case 'read':
        return this.#read(event)
      case 'draft':
        return [...(await this.#parts.drafted(event.chat, event.draft))]
      case 'member':
        return this.#member(event)
    }
  }

  async #upserted(event: Extract<ChatEvent, { k: 'chat.upsert' }>): Promise<Change[]> {
    const { book, histories } = this.#parts
    const { chat, people } = event
    if (!book.chat(chat.id)) this.#fresh.add(chat.id)
    const known = book.chat(chat.id)?.me?.clearedSeq ?? chat.me?.clearedSeq ?? 0
    const from = chat.me?.clearedSeq ?? known
    if (from > known) this.#parts.lost(chat.id)
    /* Also where more is to be seen than was: nothing was known of that. */
    const cleared = from === known ? [] : await histories.clear(chat.id)
    const ev = event.ev ?? this.#heardOf(chat)
    return [...cleared, ...book.put([{ ...this.#withOwn(chat), ev }], people)]
  }

  /** One's own log knows how a chat is, not what of a large chat's own log has been heard here. */
  #heardOf(chat: Chat): number {
    const held = this.#parts.book.chat(chat.id)
    return held?.large ? held.ev : chat.ev
  }

  /** Whether it calls this person is nowhere but in its text. */
  #forMe(m: Message): Message {
    return callsMe(m, this.#parts.book.me) ? { ...m, mentionsMe: true } : m
  }

  /** What many people are told at once says nothing of what each of them has of the chat. */
  #withOwn(chat: Chat): Chat {
    const held = this.#parts.book.chat(chat.id)
    if (!held) return chat
    const othersReadSeq = Math.max(held.othersReadSeq, chat.othersReadSeq)
    if (chat.me) {
      /* What was read here may not have been heard there yet. */
      const isAhead = (held.me?.readSeq ?? 0) > chat.me.readSeq
      return { ...(isAhead ? withMine(chat, held.me) : chat), othersReadSeq }
    }
    const { me, last, pinnedSeqs } = held
    return { ...chat, me, last, pinnedSeqs, othersReadSeq }
  }

  /** What was said before one cleared the chat may be told after it. */
  async #said(event: Extract<ChatEvent, { k: 'msg.new' }>): Promise<Change[]> {
    const cleared = this.#parts.book.chat(event.chat)?.me?.clearedSeq ?? 0
    return event.m.seq <= cleared ? [] : this.#new(event)
  }

  async #new(event: Extract<ChatEvent, { k: 'msg.new' }>): Promise<Change[]> {
    const { book, histories } = this.#parts
    const { people = [], me } = event
    const m = this.#forMe(event.m)
    const before = book.chat(event.chat)
    const history = await histories.of(event.chat)
    const changes = [...book.put([], people)]
    book.heard(m)
    /* A number that is not the next one says nothing of those before it. */
    changes.push(
      ...book.change(event.chat, (chat) =>
        withWriter(withNewest(chat, m, me ?? withNew(chat, m, book.me)), event, book.me),
      ),
    )
    changes.push(...history.put(m))
    /* In the same moment, so that it is neither drawn twice nor missing in between. */
    if (m.sender === book.me) changes.push(...(await this.#parts.arrived(m.cid)))
    const isFirst = this.#fresh.delete(event.chat) && m.seq === before?.lastSeq
    const isNews = before !== undefined && (m.seq > before.lastSeq || isFirst)
    if (isNews && m.sender !== book.me) this.#parts.incoming(m)
    return changes
  }

  async #edited(event: Extract<ChatEvent, { k: 'msg.edit' }>): Promise<Change[]> {
    const { book, histories } = this.#parts
    const m = this.#forMe(event.m)
    const history = await histories.of(m.chat)
    const known = await history.find(m.seq)
    const changes = known ? history.put(withOwnMarks(m, known)) : []
    changes.push(...this.#last(m.chat, m.seq, () => m))
    const mine = (chat: Chat): Mine | null =>
      event.me ?? (chat.large ? withEdited(chat, m, known) : null)
    changes.push(...book.change(m.chat, (now) => withMine(now, mine(now))))
    return changes
  }

  async #deleted(event: Extract<ChatEvent, { k: 'msg.del' }>): Promise<Change[]> {
    const { book, histories } = this.#parts
    const history = await histories.of(event.chat)
    this.#parts.lost(event.chat, event.seqs)
    const changes: Change[] = []
    const known = await Promise.all(event.seqs.map((seq) => history.find(seq)))
    for (const seq of event.seqs) {
      changes.push(...(await history.change(seq, buried)))
    }
    const chat = book.chat(event.chat)
    if (chat?.last && event.seqs.includes(chat.last.seq)) {
      const last = await this.#lastAlive(event.chat, chat.last.seq)
      changes.push(...book.change(event.chat, (now) => ({ ...now, last })))
    }
    const mine = (now: Chat): Mine | null =>
      event.me ?? (now.large ? withFewer(now, event.seqs, known) : null)
    const pinnedSeqs = chat?.pinnedSeqs.filter((seq) => !event.seqs.includes(seq)) ?? []
    changes.push(...book.change(event.chat, (now) => withMine({ ...now, pinnedSeqs }, mine(now))))
    return changes
  }

  /** The newest message that is left, as far as it is known here. */
  async #lastAlive(chat: string, below: number): Promise<Message | null> {
    const LOOK_BACK = 100
    const history = await this.#parts.histories.of(chat)
    for (let seq = below - 1; seq > Math.max(0, below - LOOK_BACK); seq--) {
      const message = await history.find(seq)
      if (message && !message.deleted) return message
    }
    return null
  }

  #reacted(event: Extract<ChatEvent, { k: 'msg.react' }>): Promise<Change[]> {
    const isMe = event.user === this.#parts.book.me
    return this.#inMessage(event.chat, event.seq, (message) => ({
      ...message,
      reactions: event.reactions.map(({ emoji, count }) => {
        const was = message.reactions.some((each) => each.emoji === emoji && each.mine)
        return { emoji, count, mine: isMe ? event.emoji === emoji : was }
      }),
    }))
  }

  async #inMessage(
    chat: string,
    seq: number,
    change: (message: Message) => Message,
  ): Promise<Change[]> {
    const history = await this.#parts.histories.of(chat)
    return [...(await history.change(seq, change)), ...this.#last(chat, seq, change)]
  }

  #last(chat: string, seq: number, change: (message: Message) => Message): Change[] {
    const { book } = this.#parts
    if (book.chat(chat)?.last?.seq !== seq) return []
    return book.change(chat, (now) => (now.last ? { ...now, last: change(now.last) } : now))
  }

  #read(event: Extract<ChatEvent, { k: 'read' }>): Change[] {
    const { book } = this.#parts
    return book.change(event.chat, (chat) => {
      if (event.user === book.me) {
        const mine = event.me ?? (chat.me && { ...chat.me, readSeq: event.seq })
        const now = withMine(chat, mine)
        /* With `ev` it only says where one stands. */
        return event.ev === undefined ? withoutMark(now) : now
      }
      return { ...chat, othersReadSeq: Math.max(chat.othersReadSeq, event.seq) }
    })
  }

  #member(event: Extract<ChatEvent, { k: 'member' }>): Change[] {
    const { book } = this.#parts
    const changes: Change[] = book.put([], [event.user])
    changes.push(...book.change(event.chat, (chat) => withMembers(chat, event.members)))
    return changes
  }
}

function withMembers(chat: Chat, members: number): Chat {
  return { ...chat, members, large: chat.large || members > MOST_OF_A_SMALL_CHAT }
}

function withNewest(chat: Chat, m: Message, mine: Mine | null | undefined): Chat {
  const isNewest = m.seq >= chat.lastSeq
  const counted = withMine(chat, mine)
  const lastSeq = Math.max(chat.lastSeq, m.seq)
  return isNewest ? { ...counted, lastSeq, last: m } : { ...counted, lastSeq }
}

/** Whoever writes has read what stands before. A large chat says nothing of one's own mark. */
function withWriter(
  chat: Chat,
  { m: { sender, kind, seq }, me }: Extract<ChatEvent, { k: 'msg.new' }>,
  self: string,
): Chat {
  if (sender === null || kind !== 'text') return chat
  if (sender === self) return me ? withoutMark(chat) : chat
  return { ...chat, othersReadSeq: Math.max(chat.othersReadSeq, seq) }
}

/** Whoever reads or answers has done what the mark was there for. */
function withoutMark(chat: Chat): Chat {
  return chat.me?.markedUnread ? { ...chat, me: { ...chat.me, markedUnread: false } } : chat
}

/** What everybody is told does not say what is one's own. */
function withOwnMarks(m: Message, known: Message): Message {
  const mine = new Set(known.reactions.filter((each) => each.mine).map(({ emoji }) => emoji))
  return {
    ...m,
    reactions: m.reactions.map((each) => ({ ...each, mine: each.mine || mine.has(each.emoji) })),
  }
}

function buried(message: Message): Message {
  return { ...message, deleted: true, text: '', entities: [], media: [], reactions: [] }
}

export function nameOf(person: Person | undefined, unknown: string): string {
  if (!person || person.deleted) return unknown
  return person.displayName || person.username
}
