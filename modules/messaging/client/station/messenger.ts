import { browserWorld, Connection, Refused, tellShell, Unanswered } from '#client'
import type { LinkState, Told, Update } from '#client'
import type { Chat, ChatEvent, Draft, Ephemeral, Message, Mine, Person } from '../protocol/dto.ts'
import { type Difference, type Position, UpdateLine } from '../protocol/update-line.ts'
import { Book } from '../store/book.ts'
import { Drafts, type LocalDraft } from '../store/drafts.ts'
import { Edits } from '../store/edits.ts'
import { Effects } from '../store/effects.ts'
import { Histories } from '../store/histories.ts'
import type { Page } from '../store/history.ts'
import { type Outgoing, Outbox, type Sent } from '../store/outbox.ts'
import { Places } from '../store/places.ts'
import { Presence } from '../store/presence.ts'
import { ReadMarks } from '../store/read-marks.ts'
import type { Change } from '../store/shelves.ts'
import { SlowMode } from '../store/slow-mode.ts'
import { Watched } from '../store/watched.ts'
import { allChats, askPresence, draftInput, messageInput, takingBack } from './inputs.ts'
import type { Versioned } from './inputs.ts'
import { Following } from './following.ts'
import type { MessengerParts, Self } from './messenger-parts.ts'
import { askPosition, askWho, ENDED, post } from './asking.ts'
import { POSITION, restart, type RestartingParts, takeList } from './restarting.ts'
import { Restarts } from './restarts.ts'
import { type TabWord, Tabs } from './tabs.ts'
import { upload } from './uploading.ts'

/** Everything the messenger knows and does in this tab, without a single element of the page. */
export class Messenger extends Watched {
  readonly self: Self
  readonly book: Book
  readonly histories: Histories
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly edits: Edits
  readonly marks: ReadMarks
  readonly presence: Presence
  readonly slowMode: SlowMode
  readonly places: Places
  readonly #parts: MessengerParts
  readonly #tabs: Tabs
  readonly restarts = new Restarts()
  readonly #effects: Effects
  readonly #afresh: RestartingParts
  readonly #hearers = new Set<(message: Message) => void>()
  #connection: Connection | undefined
  #link: LinkState = 'connecting'

  constructor(parts: MessengerParts) {
    super()
    this.#parts = parts
    const { self, shelves, clock: world } = parts
    this.self = self
    this.book = new Book(self.id)
    this.#tabs = new Tabs(self.id, (word) => void this.#hear(word))
    this.histories = new Histories({
      shelves,
      fetch: (chat, question) => this.ask('msg.history', { chat, ...question }) as Promise<Page>,
      lastSeq: (chat) => this.book.chat(chat)?.lastSeq ?? 0,
      met: (people) => this.book.put([], people),
    })
    this.drafts = new Drafts({
      world,
      shelves,
      save: (draft) => this.#saveDraft(draft),
      shown: (chat, draft) => void this.#write(this.#showDraft(chat, draft)),
    })
    const orphaned = (chat: string, text: string): void => this.drafts.append(chat, text)
    this.edits = new Edits({ shelves, orphaned })
    this.slowMode = new SlowMode(world, this.book)
    this.outbox = new Outbox({
      world,
      shelves,
      isSender: () => this.#tabs.isLeader,
      send: (item, mediaIds) => this.#send(item, mediaIds),
      upload: async ({ chat }, file, way) => (await upload(chat, file, way)).id,
      edit: ({ chat, seq }, text) => this.ask('msg.edit', { chat, seq, text }).then(nothing),
      takeBack: (m) => this.ask('msg.delete', takingBack(m)).then(nothing),
      sent: (m) => this.#sent(m),
      tell: () => this.#tabs.say({ t: 'outbox' }),
    })
    this.marks = new ReadMarks({ world, book: this.book, shelves, save: this.#saveMark })
    this.presence = new Presence(world, (chat, what) => {
      void this.ask('typing.set', { chat, what }).catch(nothing)
    })
    this.places = new Places(shelves)
    const { book, histories, drafts, marks } = this
    this.#afresh = {
      shelves,
      book,
      histories,
      drafts,
      marks,
      position: askPosition,
      begins: () => this.restarts.tell('begins'),
      list: () => allChats((input) => this.ask('chats.list', input)),
    }
    this.#effects = new Effects({
      book: this.book,
      histories: this.histories,
      arrived: async (cid) => this.outbox.arrived(cid),
      incoming: (message) => this.#incoming(message),
      drafted: async (chat, draft) => this.#drafted(chat, draft),
      lost: (chat, seqs) => this.edits.lost(chat, seqs),
    })
  }

  get link(): LinkState {
    return this.#link
  }

  /** Whether this tab holds the socket, and therefore speaks for all. */
  get isLeader(): boolean {
    return this.#tabs.isLeader
  }

  /** Takes over what is kept here, all at once. What the browser cannot read is as if it were not. */
  async load(): Promise<void> {
    const book = this.book.load(this.#parts.shelves)
    const own = [this.drafts.load(), this.edits.load(), this.outbox.load()]
    await Promise.allSettled([...own, this.marks.load(book)])
  }

  /** Hears what is new, once what is kept stands there. */
  async start(): Promise<void> {
    this.#tabs.say({ t: 'hello' })
    this.#tabs.lead(() => void this.#lead())
    if (!this.#tabs.isLeader && !this.book.isLoaded) await this.#takeList()
  }

  /** Somebody looks at the page again, or the network is back. */
  wake(): void {
    if (this.#link === 'ended') void this.#comeBack().catch(nothing)
    else this.#connection?.wake()
  }

  /** Hears of messages of others as they come. @returns what ends it. */
  onMessage(hear: (message: Message) => void): () => void {
    this.#hearers.add(hear)
    return () => void this.#hearers.delete(hear)
  }

  /** @throws Refused, or Unanswered: then nobody knows. */
  async ask(method: string, input: object): Promise<unknown> {
    try {
      if (this.#connection?.isOpen) return await this.#connection.ask(method, input)
      if (this.#link === 'ended') throw new Refused(ENDED)
      /* It waits for the page that takes the place of this one. */
      if (this.#link === 'outdated') throw new Unanswered('The station asks for a newer page')
      const answer = await post(method, input)
      /* The station can be reached: nobody need wait for it any longer. */
      this.#connection?.wake()
      return answer
    } catch (error) {
      if (error instanceof Refused && error.failure.status === 401) this.#enter('ended')
      throw error
    }
  }

  /** Takes over what a method has answered. */
  async keep(chats: readonly Chat[], people: readonly Person[] = []): Promise<void> {
    await this.#write(this.book.put(this.marks.over(chats), people))
  }

  /** Changes at once what is shown here; the station's own word follows. */
  async apply(event: ChatEvent): Promise<void> {
    await this.#write(await this.#effects.of(event as unknown as Told))
  }

  /** The session had ended; the same person may have signed in again, in another tab. */
  async #comeBack(): Promise<void> {
    if (!this.isLeader) return this.#tabs.say({ t: 'hello' })
    if ((await askWho()) !== this.self.id || this.#link !== 'ended') return
    this.#connection?.stop()
    this.#connection?.start()
  }

  async #lead(): Promise<void> {
    const kept = await this.#parts.shelves.get('meta', POSITION).catch(nothing)
    const line = new UpdateLine(
      {
        world: browserWorld,
        apply: (updates, position) => this.#apply(updates, position),
        difference: ({ pts: from, epoch }) =>
          this.ask('sync.diff', { from, epoch, limit: 500 }) as Promise<Difference>,
        restart: () => this.#restart(),
        acknowledge: (pts) => this.#connection?.acknowledge(pts),
      },
      this.book.isLoaded ? (kept as Position | undefined) : undefined,
    )
    const following = new Following({
      book: this.book,
      apply: (e) => this.#applyAll([e]),
      fetch: async (chat) => ((await this.ask('chats.get', { chat })) as { chat: Chat }).chat,
      keep: (chat) => this.keep([chat]),
    })
    this.#connection = new Connection({
      world: browserWorld,
      device: this.#parts.device(),
      open: (end) => this.#parts.openSocket(end),
      position: () => line.position,
      chats: () => following.held(),
      followed: (e) => following.hear(e),
      timeIs: (stationMs) => this.#parts.clock.hear(stationMs),
      welcomed: ({ resume }) => resume === 'reset' && line.restart(),
      updated: (update) => line.receive(update),
      signalled: (e) => this.#signalled(e),
      headIs: (pts) => line.headIs(pts),
      caughtUp: () => this.#caughtUp(),
      changed: (state) => this.#enter(state),
    })
    this.#connection.start()
    this.outbox.flush()
  }

  #caughtUp(): void {
    this.outbox.flush()
    this.#catchUp()
  }

  /** Who is here, and what was begun and read in this tab while the station was away. */
  #catchUp(): void {
    void askPresence(this)
    this.drafts.flush()
    this.marks.flush()
  }

  async #apply(updates: readonly Update[], position: Position): Promise<void> {
    const put = { shelf: 'meta', key: POSITION, put: position } as const
    await this.#applyAll(
      updates.map(({ e }) => e),
      [put],
    )
  }

  async #applyAll(events: readonly Told[], more: readonly Change[] = []): Promise<void> {
    const changes: Change[] = []
    for (const e of events) changes.push(...(await this.#effects.of(e)))
    await this.#write([...changes, ...more])
    this.#tabs.say({ t: 'told', events })
    this.#heard(events)
  }

  #heard(events: readonly Told[]): void {
    this.slowMode.hear(events)
    tellShell(events)
  }

  #send(item: Outgoing, mediaIds: readonly string[]): Promise<Sent> {
    const sending = this.ask('msg.send', messageInput(item, mediaIds)) as Promise<Sent>
    return this.slowMode.during(item.chat, sending)
  }

  readonly #saveMark = (chat: string, seq: number): Promise<Mine> =>
    this.ask('chats.read', { chat, seq }) as Promise<Mine>

  async #restart(): Promise<Position> {
    const position = await restart(this.#afresh)
    this.#tabs.say({ t: 'restarted' })
    this.restarts.tell('ends')
    return position
  }

  async #sent(m: Message): Promise<void> {
    const history = await this.histories.of(m.chat)
    await this.#write([...this.book.said(m), ...history.put(m)])
  }

  /** Where another device was faster, its words are offered, and these go on top of them. */
  async #saveDraft(draft: LocalDraft): Promise<number> {
    try {
      return ((await this.ask('chats.draft', draftInput(draft))) as Versioned).ver
    } catch (error) {
      const theirs = error instanceof Refused ? error.failure.draft : undefined
      if (theirs) await this.#write(this.#drafted(draft.chat, theirs as Draft))
      throw error
    }
  }

  #showDraft(chat: string, draft: Draft | null): readonly Change[] {
    return this.book.change(chat, (now) => ({ ...now, me: now.me && { ...now.me, draft } }))
  }

  #drafted(chat: string, draft: Draft | null): readonly Change[] {
    return [...this.#showDraft(chat, draft), ...this.drafts.remote(chat, draft)]
  }

  #incoming(message: Message): void {
    if (message.sender) this.presence.stopped(message.chat, message.sender)
    for (const hear of this.#hearers) hear(message)
  }

  #signalled(e: Told): void {
    this.#signal(e)
    this.#tabs.say({ t: 'signal', e })
  }

  #signal(e: Told): void {
    if (e.k === 'typing' || e.k === 'presence') this.presence.hear(e as unknown as Ephemeral)
  }

  async #hear(word: TabWord): Promise<void> {
    switch (word.t) {
      case 'told':
        for (const event of word.events) await this.#effects.of(event)
        return this.#heard(word.events)
      case 'signal':
        return this.#signal(word.e)
      case 'link':
        this.#link = word.state
        /* The tab with the socket has done so for itself alone. */
        if (word.state === 'live') this.#catchUp()
        return this.changed()
      case 'restarted':
        this.restarts.tell('begins')
        await this.histories.forgetAll()
        await this.book.load(this.#parts.shelves).catch(() => this.#takeList())
        return this.restarts.tell('ends')
      case 'outbox':
        return this.outbox.load()
      case 'hello':
        if (!this.isLeader) return
        if (this.#link === 'ended') return this.wake()
        this.#tabs.say({ t: 'link', state: this.#link })
    }
  }

  /** From the station, where nothing is kept or can be read here. */
  async #takeList(): Promise<void> {
    await this.#write(await takeList(this.#afresh).catch(() => []))
    if (this.#link === 'live') void askPresence(this)
  }

  #enter(state: LinkState): void {
    if (this.#link === state || (this.#link === 'ended' && state !== 'live')) return
    this.#link = state
    if (state === 'outdated') this.#tabs.resign()
    if (this.isLeader) this.#tabs.say({ t: 'link', state })
    this.changed()
  }

  /** What cannot be kept is shown all the same, and asked for again another day. */
  async #write(changes: readonly Change[]): Promise<void> {
    await this.#parts.shelves.write(changes).catch(nothing)
  }
}

function nothing(): void {
  return undefined
}
