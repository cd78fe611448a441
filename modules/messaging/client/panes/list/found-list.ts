import type { Message, Person } from '../../protocol/dto.ts'
import type { Hands } from '../../desk/use-desk.ts'
import { Watched } from '../../store/watched.ts'

export interface FoundMessage {
  readonly m: Message
  /** Places of the words that were meant. */
  readonly marks: readonly { readonly offset: number; readonly length: number }[]
}

interface Found {
  readonly items: readonly FoundMessage[]
  readonly authors: readonly Person[]
  readonly people: readonly Person[]
  readonly nextCursor: string | null
}

export interface Search {
  readonly q: string
  readonly chat?: string
  readonly limit?: number
}

const PAUSE_MS = 250
/** Pages without a message are passed over, but not for ever. */
const MAX_EMPTY = 20

/** What the station finds, page by page. */
export class FoundList extends Watched {
  readonly #hands: Hands
  #search: Search | undefined
  #items: readonly FoundMessage[] = []
  #people: readonly Person[] = []
  #cursor: string | null = null
  #isAsking = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(hands: Hands) {
    super()
    this.#hands = hands
  }

  /** The latest first. */
  get items(): readonly FoundMessage[] {
    return this.#items
  }

  get people(): readonly Person[] {
    return this.#people
  }

  /** Also before the question has been put: until then nothing is known to be missing. */
  isAskingFor(query: string): boolean {
    return this.#isAsking || this.#search?.q !== query
  }

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  /** Asks a moment later, because more letters may follow. What was found before stays till then. */
  ask(search: Search | undefined, then?: () => void): void {
    clearTimeout(this.#timer)
    this.#search = search
    this.#cursor = null
    this.#isAsking = search !== undefined
    if (search) this.#timer = setTimeout(() => void this.#begin(search, then), PAUSE_MS)
    else this.#take([], [])
    this.changed()
  }

  async more(): Promise<void> {
    const search = this.#search
    if (!search || this.#isAsking || this.#cursor === null) return
    this.#isAsking = true
    this.changed()
    const found = await this.#page(search, this.#cursor)
    if (this.#search !== search) return
    this.#isAsking = false
    if (found) {
      this.#take([...this.#items, ...found.items], this.#people)
      this.#cursor = found.nextCursor
    }
    this.changed()
  }

  async #begin(search: Search, then: (() => void) | undefined): Promise<void> {
    const found = await this.#page(search, null)
    if (this.#search !== search) return
    this.#isAsking = false
    this.#take(found?.items ?? [], found?.people ?? [])
    this.#cursor = found?.nextCursor ?? null
    this.changed()
    then?.()
  }

  /** With a message at least, where there is one. */
  async #page(search: Search, from: string | null): Promise<Found | undefined> {
    let cursor = from
    for (let empty = 0; ; empty++) {
      const input = { ...search, ...(cursor !== null && { cursor }) }
      const found = (await this.#hands.deeds.look('msg.search', input)) as Found | undefined
      if (!found || this.#search !== search) return undefined
      await this.#hands.desk.messenger.keep([], found.authors)
      const isLast = found.nextCursor === null || empty >= MAX_EMPTY
      if (found.items.length > 0 || found.people.length > 0 || isLast) return found
      cursor = found.nextCursor
    }
  }

  #take(items: readonly FoundMessage[], people: readonly Person[]): void {
    this.#items = items
    this.#people = people
  }
}

/** The words that were meant, as they are written there: whatever form was asked for. */
export function wordsMeant(items: readonly FoundMessage[]): ReadonlySet<string> {
  const words = items.flatMap(({ m, marks }) =>
    marks.map(({ offset, length }) => m.text.slice(offset, offset + length).toLowerCase()),
  )
  return new Set(words)
}
