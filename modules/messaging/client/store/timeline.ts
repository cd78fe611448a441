import type { Message } from '../protocol/dto.ts'
import type { History, Stretch } from './history.ts'
import { Watched } from './watched.ts'

export const PAGE = 50
/** So many messages stand in the page at most, with some room for what is being sent. */
export const MAX_SHOWN = 150

/**
 * The part of a history that is on the page: a window that grows at the end the reader comes near,
 * and is cut at the other.
 */
export class Timeline extends Watched {
  readonly history: History
  #from = 1
  #to = 0
  #items: readonly Message[] = []
  /** The window ends at the newest message, and grows with it. */
  #follows = false
  #isOpen = false
  #isBusy = false
  /** What was shown of a history that has become void; it stays until the same is known anew. */
  #held: readonly Message[] = []
  /** Grows with every window: what has been asked for another one comes too late. */
  #window = 0
  #failed: Error | undefined
  #again: (() => Promise<boolean>) | undefined
  readonly #unwatch: () => void

  constructor(history: History) {
    super()
    this.history = history
    this.#unwatch = history.watch(() => this.#refresh())
  }

  /** Nobody looks at it any more. */
  stop(): void {
    this.#unwatch()
  }

  get items(): readonly Message[] {
    return this.#items
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Why the last page could not be fetched. */
  get failed(): Error | undefined {
    return this.#failed
  }

  get hasBefore(): boolean {
    return this.#from > 1
  }

  /** Whether the newest message is in the window: what comes then appears by itself. */
  get isAtNewest(): boolean {
    return this.#to >= this.history.lastSeq
  }

  has(seq: number): boolean {
    return this.#isOpen && seq >= this.#from && seq <= this.#to
  }

  /**
   * Shows what is around a number; 0 means the newest.
   *
   * @returns false when it could not be fetched, or when something else is to be shown meanwhile.
   */
  async open(seq: number): Promise<boolean> {
    const { history } = this
    const { lastSeq } = history
    const target = history.numberOf(seq)
    this.#window += 1
    return this.#work(
      () => history.around(target, PAGE),
      (stretch) => {
        this.#show(stretch)
        this.#reachOn(lastSeq)
      },
    )
  }

  /** Shows at once what is in memory. */
  openAt(stretch: Stretch): void {
    this.#show(stretch)
    this.#reachOn(this.history.lastSeq)
    this.#follows = this.isAtNewest
    this.#refresh()
  }

  /** Everything that is known of the history is about to become void. */
  hold(): void {
    this.#held = [...this.#items]
  }

  /** Asks anew for what is shown, which stays where it is. @returns false when it could not be fetched. */
  async renew(): Promise<boolean> {
    const held = this.#held
    const { lastSeq } = this.history
    if (lastSeq < this.#from) return this.open(0)
    this.#to = Math.min(this.#to, lastSeq)
    return this.#work(
      () => this.#fetchShown(),
      () => {
        /* It may have become void once more meanwhile. */
        if (held === this.#held) this.#held = []
      },
    )
  }

  /** @returns whether anything was added. */
  async extendBefore(): Promise<boolean> {
    if (!this.#isOpen || this.#isBusy || !this.hasBefore) return false
    return this.#work(
      () => this.history.before(this.#from, PAGE),
      (stretch) => {
        this.#from = stretch.from
        this.#cut('end')
      },
    )
  }

  async extendAfter(): Promise<boolean> {
    if (!this.#isOpen || this.#isBusy || this.isAtNewest) return false
    const { lastSeq } = this.history
    return this.#work(
      () => this.history.after(this.#to, PAGE),
      (stretch) => {
        this.#to = Math.max(this.#to, stretch.to)
        this.#reachOn(lastSeq)
        this.#cut('start')
      },
    )
  }

  /** Asks once more for the page that could not be fetched. @returns whether it has come. */
  async retry(): Promise<boolean> {
    const again = this.#again
    if (!this.#failed || this.#isBusy || !again) return false
    return again()
  }

  /** While the reader is at the bottom, what is far above goes. */
  trimStart(): void {
    if (this.#items.length <= MAX_SHOWN) return
    this.#cut('start')
    this.#refresh()
  }

  /** Page by page, from the newest up. */
  async #fetchShown(): Promise<Stretch> {
    for (let end = this.#to + 1; ;) {
      const page = await this.history.before(end, PAGE)
      if (page.from <= this.#from || page.from >= end) return page
      end = page.from
    }
  }

  async #work(fetch: () => Promise<Stretch>, show: (stretch: Stretch) => void): Promise<boolean> {
    const window = this.#window
    this.#isBusy = true
    this.#failed = undefined
    this.changed()
    const stretch = await fetch().catch((error: unknown) => {
      return error instanceof Error ? error : new Error(String(error))
    })
    if (window !== this.#window) return false
    const isFetched = !(stretch instanceof Error)
    if (isFetched) show(stretch)
    else this.#fail(stretch, () => this.#work(fetch, show))
    this.#isBusy = false
    this.#follows = this.#isOpen && this.isAtNewest
    this.#refresh()
    return isFetched
  }

  #fail(error: Error, again: () => Promise<boolean>): void {
    this.#failed = error
    this.#again = again
  }

  /** What has come while the page that was to be the last one was on its way. */
  #reachOn(lastSeq: number): void {
    if (this.#to < lastSeq) return
    for (let step = 0; step < PAGE && this.history.loaded(this.#to + 1); step++) this.#to += 1
  }

  #show({ from, to }: Stretch): void {
    this.#from = from
    this.#to = to
    this.#isOpen = true
    this.#held = []
  }

  #cut(end: 'start' | 'end'): void {
    const items = this.#between()
    const tooMany = items.length - MAX_SHOWN
    if (tooMany <= 0) return
    if (end === 'start') this.#from = items[tooMany]?.seq ?? this.#from
    else this.#to = items[MAX_SHOWN - 1]?.seq ?? this.#to
  }

  #refresh(): void {
    const { history } = this
    while (this.#follows && history.loaded(this.#to + 1)) this.#to += 1
    this.#items = this.#between()
    if (this.#items.length > MAX_SHOWN + PAGE) this.#follows = false
    this.changed()
  }

  /** What the history knows of the window, and between it what is held. */
  #between(): readonly Message[] {
    const [from, to] = [this.#from, this.#to]
    const known = this.history.between({ from, to })
    const isHeld = ({ seq }: Message): boolean =>
      seq >= from && seq <= to && !this.history.loaded(seq)
    const held = this.#held.filter(isHeld)
    return held.length === 0 ? known : [...held, ...known].toSorted((a, b) => a.seq - b.seq)
  }
}
