import type {
  Chat,
  ChatEvent,
  Message,
  Mine,
} from '../../../modules/messaging/client/protocol/dto.ts'
import {
  callsMe,
  withEdited,
  withFewer,
  withNew,
} from '../../../modules/messaging/client/store/own-counts.ts'

type Of<Kind extends ChatEvent['k']> = Extract<ChatEvent, { readonly k: Kind }>

/** One chat as one device has it: what it was once, and what updates have made of it. */
export class HeldChat {
  readonly #self: string
  readonly #messages = new Map<number, Message>()
  #chat: Chat
  /** Of a large chat: up to here its own log has been heard. */
  ev: number

  constructor(chat: Chat, self: string) {
    this.#self = self
    this.#chat = chat
    this.ev = chat.ev
  }

  get isLarge(): boolean {
    return this.#chat.large
  }

  /** As they are at this moment. */
  put(messages: readonly Message[]): void {
    for (const message of messages) this.#messages.set(message.seq, message)
  }

  /** Where the person's own part is left out, it is as it was. */
  replace(chat: Chat): void {
    const { me, peer, pinnedSeqs, othersReadSeq } = this.#chat
    const own = chat.me ? {} : { me, peer, pinnedSeqs }
    const read = Math.max(othersReadSeq, chat.othersReadSeq)
    this.#chat = { ...chat, ...own, othersReadSeq: read }
    const cleared = this.#clearedSeq
    for (const seq of this.#messages.keys()) if (seq <= cleared) this.#messages.delete(seq)
  }

  apply(event: ChatEvent): void {
    if ('me' in event && event.me) this.#count(event.me)
    this.#inMessages(event)
    this.#inChat(event)
  }

  /** An event of a large chat is counted here, as the messenger in the browser does. */
  follow(event: ChatEvent): void {
    if (!('me' in event && event.me)) this.#count(this.#countedHere(event))
    this.apply(event)
  }

  /** What can be compared: the same for a device that has just come. */
  get state(): unknown {
    const { last: _last, ev: _ev, lastSeq: _seq, peer: _peer, othersReadSeq, ...facts } = this.#chat
    /* Subscribers are nobody's business, and a channel has no ticks, nor what the chat itself says. */
    const isChannel = facts.type === 'channel'
    const isTicked = ({ sender, kind }: Message): boolean =>
      !isChannel && kind === 'text' && sender === this.#self
    const messages = [...this.#messages.values()]
      .filter(({ deleted }) => !deleted)
      .toSorted((a, b) => a.seq - b.seq)
      .map((message) => ({
        ...comparable(message),
        isRead: isTicked(message) && othersReadSeq >= message.seq,
      }))
    return { ...facts, ...(isChannel ? { members: 0 } : {}), messages }
  }

  #inMessages(event: ChatEvent): void {
    if (event.k === 'msg.new') this.#hear(event)
    else if (event.k === 'msg.edit') this.#edit(event)
    else if (event.k === 'msg.react') this.#react(event)
    else if (event.k === 'msg.preview') {
      this.#change(event.seq, (m) => ({ ...m, preview: event.preview }))
    } else if (event.k === 'msg.del') {
      for (const seq of event.seqs) this.#change(seq, (m) => ({ ...m, deleted: true }))
    }
  }

  #inChat(event: ChatEvent): void {
    if (event.k === 'read') this.#read(event)
    else if (event.k === 'draft') this.#mine({ draft: event.draft })
    else if (event.k === 'member') this.#set({ members: event.members })
    else if (event.k === 'msg.del') this.#unpin(event.seqs)
    else if (event.k === 'msg.pin') {
      this.#set({ pinnedSeqs: event.pinnedSeqs.filter((seq) => seq > this.#clearedSeq) })
    }
  }

  #unpin(seqs: readonly number[]): void {
    this.#set({ pinnedSeqs: this.#chat.pinnedSeqs.filter((seq) => !seqs.includes(seq)) })
  }

  get #clearedSeq(): number {
    return this.#chat.me?.clearedSeq ?? 0
  }

  #set(change: Partial<Chat>): void {
    this.#chat = { ...this.#chat, ...change }
  }

  #mine(change: Partial<NonNullable<Chat['me']>>): void {
    const { me } = this.#chat
    if (me) this.#set({ me: { ...me, ...change } })
  }

  #count(mine: Mine | null): void {
    if (mine) this.#mine(mine)
  }

  /** Whoever reads or writes has done what the mark was there for. */
  #unmark(): void {
    this.#mine({ markedUnread: false })
  }

  /** With `ev` it only says where one stands. */
  #read({ user, seq, ev }: Of<'read'>): void {
    if (user !== this.#self) this.#readByOthers(seq)
    else if (ev === undefined) this.#unmark()
  }

  #readByOthers(seq: number): void {
    this.#set({ othersReadSeq: Math.max(this.#chat.othersReadSeq, seq) })
  }

  /** In a large chat, whose log is one of its own, an own message says nothing of the mark. */
  #hear({ m, me }: Of<'msg.new'>): void {
    this.#set({ lastSeq: Math.max(this.#chat.lastSeq, m.seq) })
    const isSeen = m.seq > this.#clearedSeq && !this.#messages.has(m.seq)
    if (isSeen) this.#messages.set(m.seq, this.#forMe(m))
    if (m.kind === 'service') return
    if (m.sender !== this.#self) this.#readByOthers(m.seq)
    else if (me) this.#unmark()
  }

  /** An older version changes nothing; reactions come by themselves. */
  #edit({ m }: Of<'msg.edit'>): void {
    this.#change(m.seq, (known) =>
      known.ver < m.ver ? { ...this.#forMe(m), reactions: known.reactions } : known,
    )
  }

  #react({ seq, user, emoji: given, reactions }: Of<'msg.react'>): void {
    this.#change(seq, (known) => {
      const own = known.reactions.find(({ mine }) => mine)?.emoji ?? null
      const chosen = user === this.#self ? given : own
      const now = reactions.map((each) => ({ ...each, mine: each.emoji === chosen }))
      return { ...known, reactions: now }
    })
  }

  /** What is gone from one's own view stays so, whoever changes it. */
  #change(seq: number, change: (message: Message) => Message): void {
    const known = this.#messages.get(seq)
    if (known && !known.deleted) this.#messages.set(seq, change(known))
  }

  /** What many are told at once does not say whom it calls. */
  #forMe(m: Message): Message {
    return callsMe(m, this.#self) ? { ...m, mentionsMe: true } : m
  }

  #countedHere(event: ChatEvent): Mine | null {
    const chat = this.#chat
    const known = (seq: number): Message | undefined => this.#messages.get(seq)
    if (event.k === 'msg.new') return withNew(chat, this.#forMe(event.m), this.#self)
    if (event.k === 'msg.edit') {
      return withEdited(chat, this.#forMe(event.m), known(event.m.seq))
    }
    return event.k === 'msg.del' ? withFewer(chat, event.seqs, event.seqs.map(known)) : null
  }
}

/** What an answer shows of the answered message is as it was when the answer came. */
function comparable({ views: _views, mentionsMe: _calls, reply, ...message }: Message): object {
  return { ...message, reply: reply && { seq: reply.seq, quote: reply.quote } }
}
