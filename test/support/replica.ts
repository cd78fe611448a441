import assert from 'node:assert/strict'
import type { Chat, Message } from '../../modules/messaging/client/protocol/dto.ts'
import {
  callsMe,
  withEdited,
  withFewer,
  withNew,
} from '../../modules/messaging/client/store/own-counts.ts'
import { ask, type TestChat, type TestMessage } from './messenger.ts'
import type { SocketDoor, TestSocket } from './socket.ts'
import type { Visitor } from './visitor.ts'

const MAX_TRIPS = 50

interface Counts {
  readonly unread: number
  readonly mentions: number
  readonly readSeq: number
}

interface Held {
  /** Of a large chat: what happens there is numbered by the chat itself. */
  readonly large: boolean
  ev: number
  /** The newest message that is counted. */
  lastSeq: number
  joinedSeq: number
  readonly raw: Map<number, Message>
  title: string
  members: number
  pins: readonly number[]
  cleared: number
  counts: Counts
  draft: string | null
  /** How far anybody else has read. */
  othersRead: number
  readonly messages: Map<number, Line>
}

interface Line {
  readonly text: string
  readonly ver: number
  reactions: string
  /** null of what the chat itself says. */
  readonly sender: string | null
}

type Event = { readonly k: string } & Readonly<Record<string, unknown>>

/**
 * One device of one person: it takes what is there once, and from then on only applies updates, as
 * the protocol says. It can lose its socket at any time.
 */
export class Replica {
  readonly #who: Visitor
  readonly #door: SocketDoor
  readonly #chats = new Map<string, Held>()
  readonly #device: string
  #pts = 0
  #epoch = ''
  #socket: TestSocket | undefined
  #applied = 0

  constructor(who: Visitor, door: SocketDoor, device: string) {
    this.#who = who
    this.#door = door
    this.#device = device
  }

  /** The position first, then what is there: repeats do no harm. */
  async bootstrap(): Promise<this> {
    const answer = await this.#who.get('/api/v1/rt/bootstrap')
    const { pts, epoch } = answer.json<{ pts: number; epoch: string }>()
    this.#pts = pts
    this.#epoch = epoch
    for (const archived of [false, true]) {
      let cursor: string | null = null
      do {
        const page: { items: TestChat[]; nextCursor: string | null } = await ask(
          this.#who,
          'chats.list',
          { archived, limit: 100, ...(cursor === null ? {} : { cursor }) },
        )
        for (const chat of page.items) await this.#hold(chat)
        cursor = page.nextCursor
      } while (cursor !== null)
    }
    return this
  }

  async connect(): Promise<void> {
    if (this.#socket) return
    this.#socket = await this.#door.open(this.#who)
    this.#applied = 0
    const resume = { epoch: this.#epoch, pts: this.#pts }
    const chats = Object.fromEntries(this.#large.map(([id, { ev }]) => [id, ev]))
    const welcome = await this.#socket.hello({ resume, device: this.#device, chats })
    assert.notEqual(welcome['resume'], 'reset')
  }

  /** The socket is gone without a word; what it has brought until now may be lost with it. */
  async drop(): Promise<void> {
    await this.#socket?.[Symbol.asyncDispose]()
    this.#socket = undefined
  }

  /** Applies everything there is. */
  async catchUp(): Promise<void> {
    await this.connect()
    const socket = this.#socket
    assert.ok(socket)
    await socket.hears('live')
    await this.#applyAll(socket)
    const { pts: head = 0 } = await socket.roundTrip()
    if (head > this.#pts) await socket.hearsUpTo(head)
    await this.#applyAll(socket)
    assert.equal(this.#pts, head)
    for (const [id] of this.#large) await this.#followUp(socket, id)
  }

  get #large(): [string, Held][] {
    return [...this.#chats].filter(([, { large }]) => large)
  }

  /** Answers when the last event of a large chat has arrived. */
  async #followUp(socket: TestSocket, id: string): Promise<void> {
    const { chat } = await ask<{ chat: TestChat }>(this.#who, 'chats.get', { chat: id })
    const isHere = (): boolean => (this.#chats.get(id)?.ev ?? chat.ev) >= chat.ev
    for (let trips = 0; !isHere(); trips++) {
      assert.ok(trips < MAX_TRIPS, `${this.#chats.get(id)?.ev} of ${chat.ev} events arrived`)
      await socket.roundTrip()
      await this.#applyAll(socket)
    }
    /* What ends a stretch that was missed comes behind it. */
    await socket.roundTrip()
    await this.#applyAll(socket)
  }

  /** What can be compared: the same for a device that has just come. */
  get state(): unknown {
    const chats = [...this.#chats].toSorted(([a], [b]) => a.localeCompare(b))
    return chats.map(([id, held]) => {
      const { large, title, members, pins, cleared, counts, draft, othersRead } = held
      const said = [...held.messages].toSorted(([a], [b]) => a - b)
      const messages = said.map(([seq, { sender, ...line }]) => {
        return { seq, ...line, isRead: sender === this.#who.id && othersRead >= seq }
      })
      return { id, large, title, members, pins, cleared, counts, draft, messages }
    })
  }

  async #applyAll(socket: TestSocket): Promise<void> {
    while (this.#applied < socket.updates.length) {
      const update = socket.updates[this.#applied++]
      if (update && update.pts === undefined) await this.#follow(update.e)
      if (!update || update.pts === undefined || update.pts <= this.#pts) continue
      assert.equal(update.pts, this.#pts + 1, 'numbers have no holes')
      this.#pts = update.pts
      await this.#apply(update.e)
    }
  }

  /** An event of a large chat: once, and counted here where nobody is told their own numbers. */
  async #follow(event: Event): Promise<void> {
    const of = event['chat'] as string | TestChat
    const held = this.#chats.get(typeof of === 'string' ? of : of.id)
    const ev = Number(event['ev'] ?? 0)
    if (isStale(held, event, ev)) return
    if (held && !event['me']) countHere(held, event, this.#who.id)
    await this.#apply(event)
    if (held) held.ev = Math.max(held.ev, ev)
  }

  async #apply(event: Event): Promise<void> {
    const { k } = event
    if (k === 'chat.upsert') return this.#upsert(event['chat'] as TestChat)
    const id = String(event['chat'])
    if (k === 'chat.gone') return void this.#chats.delete(id)
    const held = this.#chats.get(id)
    if (!held) return
    if (event['me']) held.counts = countsIn(event['me'] as Counts)
    held.othersRead = Math.max(held.othersRead, readIn(event, this.#who.id))
    change(held, event)
  }

  /** Where the person's own part is left out, it is as it was. */
  async #upsert(chat: TestChat): Promise<void> {
    const held = this.#chats.get(chat.id)
    if (!held) return this.#hold(chat)
    held.title = chat.title
    held.members = chat.members
    held.lastSeq = chat.lastSeq
    held.othersRead = Math.max(held.othersRead, chat.othersReadSeq)
    if (!chat.me) return
    held.joinedSeq = chat.me.joinedSeq
    held.pins = chat.pinnedSeqs
    held.cleared = chat.me.clearedSeq
    held.counts = countsIn(chat.me)
    held.draft = chat.me.draft?.text ?? null
    for (const seq of held.messages.keys()) {
      if (seq <= chat.me.clearedSeq) held.messages.delete(seq)
    }
  }

  async #hold(chat: TestChat): Promise<void> {
    if (!chat.me) return
    const held: Held = {
      large: chat.large,
      ev: chat.ev,
      lastSeq: chat.lastSeq,
      joinedSeq: chat.me.joinedSeq,
      raw: new Map(),
      title: chat.title,
      members: chat.members,
      pins: chat.pinnedSeqs,
      cleared: chat.me.clearedSeq,
      counts: countsIn(chat.me),
      draft: chat.me.draft?.text ?? null,
      othersRead: chat.othersReadSeq,
      messages: new Map(),
    }
    this.#chats.set(chat.id, held)
    try {
      const page = { chat: chat.id, limit: 100 }
      const { items } = await ask<{ items: TestMessage[] }>(this.#who, 'msg.history', page)
      for (const message of items) {
        held.raw.set(message.seq, message as unknown as Message)
        put(held, message, false)
      }
    } catch {
      /* Removed meanwhile: the log is about to say so. */
    }
  }
}

function change(held: Held, event: Event): void {
  switch (event.k) {
    case 'msg.new':
      return put(held, event['m'] as TestMessage, true)
    case 'msg.edit':
      return edit(held, event['m'] as TestMessage)
    case 'msg.del':
      for (const seq of event['seqs'] as number[]) held.messages.delete(seq)
      return
    case 'msg.react':
      return react(held, Number(event['seq']), reactionsIn(event['reactions'] as []))
    case 'msg.pin':
      held.pins = (event['pinnedSeqs'] as number[]).filter((seq) => seq > held.cleared)
      return
    case 'member':
      held.members = Number(event['members'])
      return
    case 'draft':
      held.draft = (event['draft'] as { text: string } | null)?.text ?? null
      return
    default:
  }
}

/** What is gone from one's own view stays so, whoever changes it. */
function edit(held: Held, message: TestMessage): void {
  if (held.messages.has(message.seq)) put(held, message, false)
}

function react(held: Held, seq: number, reactions: string): void {
  const message = held.messages.get(seq)
  if (message) message.reactions = reactions
}

function countsIn({ unread, mentions, readSeq }: Counts): Counts {
  return { unread, mentions, readSeq }
}

/** A version that is older than the one held changes nothing; reactions come by themselves. */
function put(held: Held, message: TestMessage, isNew: boolean): void {
  const { seq, text, ver, kind, service } = message
  const known = held.messages.get(seq)
  if (known && known.ver >= ver) return
  const reactions = known?.reactions ?? (isNew ? '' : reactionsIn(message.reactions))
  const words = kind === 'service' ? `(${service?.what})` : text
  const sender = kind === 'service' ? null : message.sender
  held.messages.set(seq, { text: words, ver, reactions, sender })
}

/** How far somebody else has read by reading, or by writing; 0 where nobody has. */
function readIn({ k, m, user, seq }: Event, self: string): number {
  if (k === 'read') return user === self ? 0 : Number(seq)
  if (k !== 'msg.new') return 0
  const { sender, kind, seq: said } = m as TestMessage
  return sender === self || kind === 'service' ? 0 : said
}

function reactionsIn(reactions: readonly { emoji: string; count: number }[]): string {
  return reactions.map(({ emoji, count }) => `${emoji}${count}`).join(' ')
}

function isStale(held: Held | undefined, { k }: Event, ev: number): boolean {
  if (!held) return k !== 'chat.upsert'
  return k !== 'read' && ev !== 0 && ev <= held.ev
}

/** As the messenger in the browser counts where nobody is told their own numbers. */
function countHere(held: Held, event: Event, self: string): void {
  const { counts: me, cleared: clearedSeq, joinedSeq, lastSeq, raw } = held
  const chat = { lastSeq, me: { ...me, joinedSeq, clearedSeq } } as unknown as Chat
  const forMe = (message: unknown): Message => {
    const m = message as Message
    return callsMe(m, self) ? { ...m, mentionsMe: true } : m
  }
  let mine: Counts | null = null
  if (event.k === 'msg.new') {
    const m = forMe(event['m'])
    mine = withNew(chat, m, self)
    held.lastSeq = Math.max(lastSeq, m.seq)
    raw.set(m.seq, m)
  } else if (event.k === 'msg.edit') {
    const m = forMe(event['m'])
    mine = withEdited(chat, m, raw.get(m.seq))
    raw.set(m.seq, m)
  } else if (event.k === 'msg.del') {
    const seqs = event['seqs'] as number[]
    mine = withFewer(
      chat,
      seqs,
      seqs.map((seq) => raw.get(seq)),
    )
  }
  if (mine) held.counts = mine
}
