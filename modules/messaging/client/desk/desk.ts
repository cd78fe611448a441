import type { Message } from '../protocol/dto.ts'
import type { Dates } from '../look/dates.ts'
import type { Say } from '../look/words.ts'
import type { ListFilter } from '../store/book.ts'
import { Watched } from '../store/watched.ts'
import type { Messenger } from '../station/messenger.ts'
import type { StationClock } from '../station/station-clock.ts'
import type { Looker } from './may.ts'
import type { Over } from './over.ts'

export interface Toast {
  readonly text: string
  readonly action?: { readonly label: string; run(): void }
}

const TOAST_MS = 5_000

/** What the person is doing in this tab: which chat is open, what is answered, what is selected. */
export class Desk extends Watched {
  readonly messenger: Messenger
  readonly #clock: Pick<StationClock, 'now'>
  readonly say: Say
  readonly dates: Dates
  readonly locale: string
  readonly #offers: ReadonlySet<string>
  #chat: string | undefined
  #target: number | undefined
  #filter: ListFilter = 'all'
  #showsArchive = false
  #hasDetails: boolean
  #answering: Message | undefined
  #quote: { text: string; offset: number } | undefined
  #editing: Message | undefined
  #selected: ReadonlySet<number> = new Set()
  #selectedLast: number | undefined
  #isSelecting = false
  #over: Over | undefined
  #toast: Toast | undefined
  #search: string | undefined
  #meant: ReadonlySet<string> = new Set()
  #spoken = 0
  #listQuery = ''
  #toastTimer: ReturnType<typeof setTimeout> | undefined

  constructor(parts: {
    messenger: Messenger
    clock: Pick<StationClock, 'now'>
    say: Say
    dates: Dates
    locale: string
    hasDetails: boolean
    offers: readonly string[]
  }) {
    super()
    this.messenger = parts.messenger
    this.#clock = parts.clock
    this.say = parts.say
    this.dates = parts.dates
    this.locale = parts.locale
    this.#hasDetails = parts.hasDetails
    this.#offers = new Set(parts.offers)
  }

  get chat(): string | undefined {
    return this.#chat
  }

  /** By the station's clock. */
  get nowMs(): number {
    return this.#clock.now()
  }

  /** Who looks, and when. */
  get looker(): Looker {
    return { self: this.messenger.self.id, nowMs: this.nowMs }
  }

  /** Whether this station offers it: `msg.search`, `msg.shared`, `media`, `voice`, `draft`, `report`. */
  can(what: string): boolean {
    return this.#offers.has(what)
  }

  /** A number to come to, once. */
  takeTarget(): number | undefined {
    const target = this.#target
    this.#target = undefined
    return target
  }

  get target(): number | undefined {
    return this.#target
  }

  get filter(): ListFilter {
    return this.#filter
  }

  get showsArchive(): boolean {
    return this.#showsArchive
  }

  get hasDetails(): boolean {
    return this.#hasDetails
  }

  get answering(): Message | undefined {
    return this.#answering
  }

  get quote(): { text: string; offset: number } | undefined {
    return this.#quote
  }

  get editing(): Message | undefined {
    return this.#editing
  }

  get selected(): ReadonlySet<number> {
    return this.#selected
  }

  get isSelecting(): boolean {
    return this.#isSelecting
  }

  get over(): Over | undefined {
    return this.#over
  }

  get toast(): Toast | undefined {
    return this.#toast
  }

  /** What is searched for in the open chat; undefined while nobody searches. */
  get search(): string | undefined {
    return this.#search
  }

  /** The words of messages that the search has meant, in small letters. */
  get meant(): ReadonlySet<string> {
    return this.#meant
  }

  /** Grows with every message that is sent from here: one wants to see one's own words. */
  get spoken(): number {
    return this.#spoken
  }

  get listQuery(): string {
    return this.#listQuery
  }

  show(chat: string | undefined, target?: number): void {
    if (this.#chat !== chat) {
      this.#answering = undefined
      this.#quote = undefined
      this.#editing = undefined
      this.#search = undefined
      this.#meant = new Set()
      this.#selected = new Set()
      this.#isSelecting = false
    }
    this.#chat = chat
    this.#target = target
    this.#over = undefined
    this.changed()
  }

  choose(filter: ListFilter): void {
    this.#filter = filter
    this.changed()
  }

  showArchive(shows: boolean): void {
    this.#showsArchive = shows
    this.changed()
  }

  showDetails(shows: boolean): void {
    this.#hasDetails = shows
    this.changed()
  }

  answer(message: Message | undefined, quote?: { text: string; offset: number }): void {
    this.#answering = message
    this.#quote = quote
    this.#editing = undefined
    this.changed()
  }

  /** Nothing: the change is given up, or saved; leaving the chat does neither. */
  edit(message: Message | undefined): void {
    if (!message && this.#editing) this.messenger.edits.end(this.#editing.chat)
    this.#editing = message
    this.#answering = undefined
    this.#quote = undefined
    this.changed()
  }

  select(seq: number): void {
    const selected = new Set(this.#selected)
    if (!selected.delete(seq)) selected.add(seq)
    this.#selectedLast = seq
    this.#selected = selected
    this.#isSelecting = selected.size > 0
    this.changed()
  }

  /** With all that stand between it and the one that was chosen last. */
  selectTo(seq: number, shown: readonly number[]): void {
    const [from, to] = [this.#selectedLast ?? seq, seq].toSorted((a, b) => a - b)
    const between = shown.filter((each) => each >= (from ?? seq) && each <= (to ?? seq))
    this.#selectedLast = seq
    this.#selected = new Set([...this.#selected, ...between])
    this.#isSelecting = true
    this.changed()
  }

  selectNone(): void {
    this.#selected = new Set()
    this.#isSelecting = false
    this.changed()
  }

  open(over: Over | undefined): void {
    this.#over = over
    this.changed()
  }

  find(search: string | undefined): void {
    this.#search = search
    if (search === undefined) this.#meant = new Set()
    this.changed()
  }

  speak(): void {
    this.#spoken++
    this.changed()
  }

  mean(words: ReadonlySet<string>): void {
    if (words.size === 0 && this.#meant.size === 0) return
    this.#meant = words
    this.changed()
  }

  findEverywhere(query: string): void {
    this.#listQuery = query
    this.changed()
  }

  tell(text: string, action?: Toast['action']): void {
    clearTimeout(this.#toastTimer)
    this.#toast = action ? { text, action } : { text }
    this.#toastTimer = setTimeout(() => this.hush(), TOAST_MS)
    this.changed()
  }

  hush(): void {
    this.#toast = undefined
    this.changed()
  }

  /** Undoes the innermost thing. @returns whether there was one. */
  stepBack(): boolean {
    if (this.#over) this.open(undefined)
    else if (this.#isSelecting) this.selectNone()
    else if (this.#editing) this.edit(undefined)
    else if (this.#answering) this.answer(undefined)
    else if (this.#search !== undefined) this.find(undefined)
    else if (this.#listQuery !== '') this.findEverywhere('')
    else return false
    return true
  }
}
