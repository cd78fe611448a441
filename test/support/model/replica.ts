import assert from 'node:assert/strict'
import type { Chat, ChatEvent, Message } from '../../../modules/messaging/client/protocol/dto.ts'
import { ask } from '../messenger.ts'
import type { SocketDoor, TestSocket } from '../socket.ts'
import type { Visitor } from '../visitor.ts'
import { HeldChat } from './held-chat.ts'

const MAX_TRIPS = 5_000

interface Page {
  readonly items: readonly Chat[]
  readonly nextCursor: string | null
}

interface Difference {
  readonly u: readonly { readonly pts: number; readonly e: ChatEvent }[]
  readonly to: number
  readonly more: boolean
}

/**
 * One device of one person: it takes what is there once, and from then on only applies updates, as
 * the protocol says. It can lose its socket at any time.
 */
export class Replica {
  readonly #who: Visitor
  readonly #station: { readonly door: SocketDoor }
  readonly #chats = new Map<string, HeldChat>()
  readonly #device: string
  #pts = 0
  #epoch = ''
  #socket: TestSocket | undefined
  #applied = 0

  /** @param station where its door is at this moment. */
  constructor(who: Visitor, station: { readonly door: SocketDoor }, device: string) {
    this.#who = who
    this.#station = station
    this.#device = device
  }

  get isConnected(): boolean {
    return this.#socket !== undefined && this.#socket.closeCode === undefined
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
        const page: Page = await ask(this.#who, 'chats.list', {
          archived,
          limit: 100,
          ...(cursor === null ? {} : { cursor }),
        })
        for (const chat of page.items) await this.#hold(chat)
        cursor = page.nextCursor
      } while (cursor !== null)
    }
    return this
  }

  async connect(): Promise<void> {
    if (this.isConnected) return
    this.#socket = await this.#station.door.open(this.#who)
    this.#applied = 0
    const resume = { epoch: this.#epoch, pts: this.#pts }
    const chats = Object.fromEntries(this.#large.map(([id, { ev }]) => [id, ev]))
    const welcome = await this.#socket.hello({ resume, device: this.#device, chats })
    assert.notEqual(welcome['resume'], 'reset')
  }

  /** The socket is gone without a word; what it has brought and nobody applied is lost with it. */
  async drop(): Promise<void> {
    await this.#socket?.[Symbol.asyncDispose]()
    this.#socket = undefined
  }

  /** Applies what has arrived by now. */
  async look(): Promise<void> {
    if (this.#socket) await this.#applyAll(this.#socket)
  }

  /** Asks for what is missing, as a device does that was told it lags. */
  async pull(limit: number): Promise<void> {
    await this.look()
    for (let isMore = true; isMore;) {
      const question = { from: this.#pts, epoch: this.#epoch, limit }
      const { u, to, more } = await ask<Difference>(this.#who, 'sync.diff', question)
      for (const { pts, e } of u) await this.#take(pts, e)
      assert.ok(this.#pts >= to)
      isMore = more
    }
  }

  /** Applies everything there is. */
  async catchUp(): Promise<void> {
    await this.connect()
    try {
      await this.#applyRest()
    } catch (error) {
      if (this.isConnected) throw error
      /* It was being sent away just now, as after a long silence. */
      await this.connect()
      await this.#applyRest()
    }
  }

  async #applyRest(): Promise<void> {
    const socket = this.#socket
    assert.ok(socket)
    await socket.hears('live')
    await this.#applyAll(socket)
    const { pts: head = 0 } = await socket.roundTrip()
    await this.#applyAll(socket)
    assert.equal(this.#pts, head)
    for (const [id] of this.#large) await this.#followUp(socket, id)
  }

  get #large(): [string, HeldChat][] {
    return [...this.#chats].filter(([, { isLarge }]) => isLarge)
  }

  /** Answers when the last event of a large chat has arrived. */
  async #followUp(socket: TestSocket, id: string): Promise<void> {
    const { chat } = await ask<{ chat: Chat }>(this.#who, 'chats.get', { chat: id })
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
    return chats.map(([, held]) => held.state)
  }

  async #applyAll(socket: TestSocket): Promise<void> {
    while (this.#applied < socket.updates.length) {
      const update = socket.updates[this.#applied++]
      if (!update) return
      const event = update.e as unknown as ChatEvent
      if (update.pts === undefined) await this.#follow(event)
      else await this.#take(update.pts, event)
    }
  }

  async #take(pts: number, event: ChatEvent): Promise<void> {
    if (pts <= this.#pts) return
    assert.equal(pts, this.#pts + 1, 'numbers have no holes')
    this.#pts = pts
    if (event.k === 'chat.upsert') await this.#upsert(event.chat)
    else if (event.k === 'chat.gone') this.#chats.delete(event.chat)
    else this.#chats.get(event.chat)?.apply(event)
  }

  /** An event of a large chat: once, in its order. */
  async #follow(event: ChatEvent): Promise<void> {
    const id = event.k === 'chat.upsert' ? event.chat.id : event.chat
    const held = this.#chats.get(id)
    const ev = 'ev' in event ? (event.ev ?? 0) : 0
    if (held && event.k !== 'read' && ev !== 0 && ev <= held.ev) return
    if (event.k === 'chat.upsert') await this.#upsert(event.chat)
    else held?.follow(event)
    if (held) held.ev = Math.max(held.ev, ev)
  }

  async #upsert(chat: Chat): Promise<void> {
    const held = this.#chats.get(chat.id)
    if (held) held.replace(chat)
    else await this.#hold(chat)
  }

  async #hold(chat: Chat): Promise<void> {
    if (!chat.me) return
    const held = new HeldChat(chat, this.#who.id)
    this.#chats.set(chat.id, held)
    try {
      const page = { chat: chat.id, limit: 100 }
      held.put((await ask<{ items: Message[] }>(this.#who, 'msg.history', page)).items)
    } catch {
      /* Removed meanwhile: the log is about to say so. */
    }
  }
}
