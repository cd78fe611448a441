import type { Desk } from '../../desk/desk.ts'
import type { Entrance } from '../../store/entrance.ts'
import type { Place } from '../../store/places.ts'
import { Timeline } from '../../store/timeline.ts'
import { Watched } from '../../store/watched.ts'
import { type Standing, WallScroll } from './wall-scroll.ts'

const FLASH_MS = 1_200
/** Where the line over unread messages stands when a chat is opened. */
const DIVIDER_OFFSET = 72
const TARGET_OFFSET = 200

/** One person reading one chat: where they stand, what they have seen, where they want to go. */
export class Reading extends Watched {
  readonly timeline: Timeline
  /** 0 when nothing was unread as the chat was opened. */
  readonly unreadFrom: number
  readonly unread: number
  readonly #entrance: Entrance
  readonly #desk: Desk
  readonly #chat: string
  #scroll: WallScroll | undefined
  #isPlaced = false
  /** How the reader comes to where they want to be; until then nothing else moves them. */
  #way: (() => Promise<void>) | undefined
  /** The way there could not be gone to its end. */
  #isLost = false
  #isLow = true
  #flash: number | undefined

  constructor(desk: Desk, chat: string, entrance: Entrance) {
    super()
    this.#desk = desk
    this.#chat = chat
    this.#entrance = entrance
    this.timeline = new Timeline(entrance.history)
    this.unread = entrance.unread
    this.unreadFrom = entrance.unreadFrom
    if (entrance.kept) this.timeline.openAt(entrance.kept)
  }

  /** A message that is pointed out at this moment. */
  get flash(): number | undefined {
    return this.#flash
  }

  /** Whether the newest message is in sight. */
  get isLow(): boolean {
    return this.#isLow && this.timeline.isAtNewest
  }

  /** @returns what ends it. */
  begin(scroller: HTMLElement, content: HTMLElement): () => void {
    const { messenger } = this.#desk
    const scroll = new WallScroll({
      scroller,
      content,
      nearTop: () => this.#isPlaced && void this.timeline.extendBefore(),
      nearBottom: () => this.#isPlaced && void this.timeline.extendAfter(),
      moved: () => this.#moved(),
      isWhole: () => this.timeline.isAtNewest,
    })
    this.#scroll = scroll
    this.#enter()
    const ended = messenger.restarts.hear((phase) => {
      if (phase === 'begins') this.timeline.hold()
      else void this.#renew()
    })
    const look = (): void => this.markRead()
    addEventListener('focus', look)
    const unwatch = messenger.watch(() => messenger.link === 'live' && void this.retry())
    return () => {
      ended()
      unwatch()
      removeEventListener('focus', look)
      this.#keepPlace(scroll.standing)
      scroll.stop()
      this.timeline.stop()
    }
  }

  /** What is kept stands there before the first picture; for anything else there is a wait. */
  #enter(): void {
    const { target, place } = this.#entrance
    if (!this.timeline.isOpen || this.#desk.target !== target) return void this.open()
    this.#stand(this.#desk.takeTarget(), place)
  }

  async open(): Promise<void> {
    const target = this.#desk.takeTarget()
    await this.#take(target === undefined ? () => this.#toPlace() : () => this.#toMessage(target))
  }

  #stand(target: number | undefined, place: Place | undefined): void {
    if (target !== undefined) return this.#arrive(target, false)
    const divider: Standing = { key: 'unread', offset: DIVIDER_OFFSET }
    const kept: Standing | undefined = place && {
      key: this.#keyOf(place.seq),
      offset: place.offset,
    }
    this.#scroll?.stand(kept ?? (this.unreadFrom > 0 ? divider : 'bottom'))
    this.#isPlaced = true
    this.settle()
    performance.mark('quark-chat-shown')
  }

  /** Goes to the message that somebody wants to see. */
  async jump(): Promise<void> {
    const target = this.#desk.takeTarget()
    if (target === undefined) return
    if (this.#isPlaced && this.timeline.has(target)) this.#arrive(target, true)
    else await this.#take(() => this.#toMessage(target))
  }

  /** Once more for what could not be fetched. */
  async retry(): Promise<void> {
    if (!this.timeline.failed) return
    if (this.#isLost) await this.#way?.()
    else await this.timeline.retry()
  }

  async toNewest(): Promise<void> {
    if (this.timeline.isAtNewest) this.#scroll?.glideToBottom()
    else await this.#take(() => this.#to(0, 'bottom'))
  }

  /** Puts everything back in its place; after each drawing. */
  settle(): void {
    this.#scroll?.settle()
    /* What has failed would fail again with every drawing. */
    const isFollowing = this.#isPlaced && this.#scroll?.isAtBottom === true
    if (isFollowing && !this.timeline.failed) void this.timeline.extendAfter()
    this.markRead()
  }

  /** What is in sight of somebody who looks has been read. */
  markRead(): void {
    const isLooking = document.visibilityState === 'visible' && document.hasFocus()
    if (!isLooking || !this.#isPlaced || !this.#scroll?.isPlaced) return
    const key = this.#scroll.lowestSeen()
    const seq = key === undefined ? undefined : this.#seqOf(key)
    if (seq !== undefined) this.#desk.messenger.marks.mark(this.#chat, seq)
  }

  /** Until the reader stands there, the window must not follow where they stood before. */
  async #take(way: () => Promise<void>): Promise<void> {
    this.#isPlaced = false
    this.#way = way
    await way()
  }

  /** Nothing of the history is known any more; what is shown is fetched anew under the reader's eyes. */
  async #renew(): Promise<void> {
    const isHere = this.#isPlaced && !this.#isLost
    if (!isHere) await this.#way?.()
    else if (this.#scroll?.isAtBottom && !this.timeline.isAtNewest) await this.toNewest()
    else await this.timeline.renew()
  }

  async #toPlace(): Promise<void> {
    const place = await this.#desk.messenger.places.of(this.#chat)
    if (await this.#show(place?.seq ?? this.unreadFrom)) this.#stand(undefined, place)
  }

  async #toMessage(seq: number): Promise<void> {
    if (await this.#show(seq)) this.#stand(seq, undefined)
  }

  async #to(seq: number, standing: Standing): Promise<void> {
    if (!(await this.#show(seq))) return
    this.#scroll?.stand(standing)
    this.#isPlaced = true
    this.settle()
  }

  /** @returns false where the page could not be fetched, or is no longer wanted. */
  async #show(seq: number): Promise<boolean> {
    const isShown = await this.timeline.open(seq)
    this.#isLost = !isShown
    if (!isShown) this.#isPlaced = this.timeline.isOpen
    return isShown
  }

  /** On the page one glides there; a new window simply begins there. */
  #arrive(seq: number, isHere: boolean): void {
    const near = this.timeline.items.find((message) => message.seq >= seq)
    this.#isPlaced = true
    if (!near) {
      this.#scroll?.stand('bottom')
      return
    }
    const key = this.#keyOf(near.seq)
    if (!isHere || !this.#scroll?.glideTo(key)) {
      this.#scroll?.stand({ key, offset: TARGET_OFFSET })
    }
    this.#flash = near.seq
    this.changed()
    setTimeout(() => {
      this.#flash = undefined
      this.changed()
    }, FLASH_MS)
  }

  #moved(): void {
    const isLow = this.#scroll?.isAtBottom === true
    if (isLow && this.timeline.isAtNewest) this.timeline.trimStart()
    if (isLow !== this.#isLow) {
      this.#isLow = isLow
      this.changed()
    }
    this.markRead()
  }

  #keepPlace(standing: Standing): void {
    const { places } = this.#desk.messenger
    if (standing === 'bottom') return places.keep(this.#chat, undefined)
    const seq = this.#seqOf(standing.key)
    if (seq !== undefined) places.keep(this.#chat, { seq, offset: standing.offset })
  }

  #keyOf(seq: number): string {
    const message = this.#entrance.history.loaded(seq)
    return message && message.sender === this.#desk.messenger.self.id ? message.cid : String(seq)
  }

  #seqOf(key: string): number | undefined {
    const seq = Number(key)
    if (Number.isInteger(seq)) return seq
    return this.timeline.items.find(({ cid }) => cid === key)?.seq
  }
}
