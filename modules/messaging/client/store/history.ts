import type { Message, Person } from '../protocol/dto.ts'
import { type SeqRange, SeqRanges } from './seq-ranges.ts'
import type { Change, Shelves } from './shelves.ts'
import { Watched } from './watched.ts'

/** A page as `msg.history` answers it. */
export interface Page {
  readonly items: readonly Message[]
  readonly people: readonly Person[]
  readonly hasBefore: boolean
  readonly hasAfter: boolean
}

export type PageQuestion =
  | { readonly before: number; readonly limit: number }
  | { readonly after: number; readonly limit: number }
  | { readonly around: number; readonly limit: number }

export interface HistoryParts {
  readonly chat: string
  readonly shelves: Shelves
  /** Asks the station. */
  fetch(question: PageQuestion): Promise<Page>
  /** The highest number there is. */
  lastSeq(): number
  met(people: readonly Person[]): readonly Change[]
  /** Whether what is on the shelves means nothing any more. */
  isShelfVoid(): boolean
}

/** A stretch of the history: all there is between two numbers. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** All that is known here of the messages of one chat; what is missing is fetched once. */
export class History extends Watched {
  readonly #parts: HistoryParts
  readonly #messages = new Map<number, Message>()
  readonly #known: SeqRanges
  readonly #loaded = new SeqRanges()
  readonly #asking = new Map<string, Promise<Stretch>>()
  /** How often everything was forgotten. */
  #forgotten = 0

  constructor(parts: HistoryParts, known: readonly SeqRange[]) {
    super()
    this.#parts = parts
    this.#known = new SeqRanges(known)
  }

  static async open(parts: HistoryParts): Promise<History> {
    if (parts.isShelfVoid()) return new History(parts, [])
    const known = await parts.shelves.get('ranges', parts.chat).catch(notKept)
    return new History(parts, (known as readonly SeqRange[] | undefined) ?? [])
  }

  get chat(): string {
    return this.#parts.chat
  }

  get lastSeq(): number {
    return this.#parts.lastSeq()
  }

  /** What is in memory already. */
  loaded(seq: number): Message | undefined {
    return this.#messages.get(seq)
  }

  async find(seq: number): Promise<Message | undefined> {
    const here = this.#messages.get(seq)
    if (here) return here
    const kept = await this.#parts.shelves.get('messages', [this.chat, seq]).catch(notKept)
    return kept as Message | undefined
  }

  /** Those of a stretch that were not deleted, ascending. */
  between({ from, to }: Stretch): Message[] {
    const found: Message[] = []
    for (let seq = from; seq <= to; seq++) {
      const message = this.#messages.get(seq)
      if (message && !message.deleted) found.push(message)
    }
    return found
  }

  /** @throws Refused or Unanswered, when the station had to be asked. */
  before(seq: number, limit: number): Promise<Stretch> {
    return this.#once(`before ${seq}`, async () => {
      const range = this.#known.around(seq - 1)
      const kept = range && { from: Math.max(range[0], seq - limit), to: seq - 1 }
      return this.#take(kept, { before: seq, limit })
    })
  }

  after(seq: number, limit: number): Promise<Stretch> {
    return this.#once(`after ${seq}`, async () => {
      const range = this.#known.around(seq + 1)
      const kept = range && { from: seq + 1, to: Math.min(range[1], seq + limit) }
      return this.#take(kept, { after: seq, limit })
    })
  }

  around(seq: number, limit: number): Promise<Stretch> {
    return this.#once(`around ${seq}`, () =>
      this.#take(this.#keptAround(seq, limit), { around: seq, limit }),
    )
  }

  /**
   * Brings into memory what is kept around a number; 0 means the newest. Asks nobody.
   *
   * @returns nothing where it is too little to show.
   */
  async recall(seq: number, limit: number): Promise<Stretch | undefined> {
    const kept = this.#keptAround(this.numberOf(seq), limit)
    return kept && this.#load(kept).catch(notKept)
  }

  /** 0 means the newest. */
  numberOf(seq: number): number {
    return seq === 0 ? Math.max(1, this.lastSeq) : seq
  }

  /** Keeps a message; a known one only where the newer version comes. */
  put(message: Message): Change[] {
    const here = this.#messages.get(message.seq)
    if (here && (here.ver > message.ver || here.deleted)) return []
    this.#messages.set(message.seq, message)
    this.#known.add(message.seq, message.seq)
    this.#loaded.add(message.seq, message.seq)
    this.changed()
    return [
      { shelf: 'messages', key: [this.chat, message.seq], put: message },
      { shelf: 'ranges', key: this.chat, put: [...this.#known.list] },
    ]
  }

  /** Changes a message that is known, in memory or on the shelf. */
  async change(seq: number, change: (message: Message) => Message): Promise<Change[]> {
    const old = await this.find(seq)
    if (!old) return []
    const message = change(old)
    if (this.#messages.has(seq)) {
      this.#messages.set(seq, message)
      this.changed()
    }
    return [{ shelf: 'messages', key: [this.chat, seq], put: message }]
  }

  /** Everything that is in memory, for shelves that have been emptied. */
  all(): Change[] {
    const messages = [...this.#messages.values()]
    const known: Change = { shelf: 'ranges', key: this.chat, put: [...this.#loaded.list] }
    return [
      ...messages.map((put): Change => ({ shelf: 'messages', key: [this.chat, put.seq], put })),
      ...(this.#loaded.list.length > 0 ? [known] : []),
    ]
  }

  /** Forgets everything: what was kept may have changed unseen. */
  forget(): void {
    this.#forgotten++
    this.#messages.clear()
    this.#known.clear()
    this.#loaded.clear()
    this.changed()
  }

  #keptAround(seq: number, limit: number): Stretch | undefined {
    const range = this.#known.around(seq)
    if (!range || !isWide(range, { seq, limit, lastSeq: this.lastSeq })) return undefined
    const half = Math.ceil(limit / 2)
    return { from: Math.max(range[0], seq - half), to: Math.min(range[1], seq + half) }
  }

  #once(name: string, ask: () => Promise<Stretch>): Promise<Stretch> {
    const asking = this.#asking.get(name)
    if (asking) return asking
    const answer = ask().finally(() => this.#asking.delete(name))
    this.#asking.set(name, answer)
    return answer
  }

  /** From here where it is kept; what the browser cannot read is fetched as if it were not. */
  async #take(kept: Stretch | undefined, question: PageQuestion): Promise<Stretch> {
    const here = kept && (await this.#load(kept).catch(notKept))
    return here ?? this.#fetch(question)
  }

  async #load(stretch: Stretch): Promise<Stretch> {
    const { from, to } = stretch
    if (!this.#loaded.covers(from, to)) {
      const kept = await this.#parts.shelves.messages(this.chat, from, to)
      for (const message of kept as Message[]) {
        if (!this.#messages.has(message.seq)) this.#messages.set(message.seq, message)
      }
      this.#loaded.add(from, to)
    }
    return stretch
  }

  async #fetch(question: PageQuestion): Promise<Stretch> {
    const [lastSeq, forgotten] = [this.lastSeq, this.#forgotten]
    const page = await this.#parts.fetch(question)
    /* It may be older than what has been heard of since. */
    if (forgotten !== this.#forgotten) return this.#fetch(question)
    const stretch = stretchOf(question, page, lastSeq)
    this.#known.add(stretch.from, stretch.to)
    this.#loaded.add(stretch.from, stretch.to)
    const changes: Change[] = [...this.#parts.met(page.people)]
    for (const message of page.items) changes.push(...this.#keep(message))
    changes.push({ shelf: 'ranges', key: this.chat, put: [...this.#known.list] })
    /* Nobody waits for the disk; what cannot be kept is fetched again another day. */
    void this.#parts.shelves.write(changes).catch(() => undefined)
    return stretch
  }

  #keep(message: Message): Change[] {
    const here = this.#messages.get(message.seq)
    if (here && here.ver > message.ver) return []
    this.#messages.set(message.seq, message)
    return [{ shelf: 'messages', key: [this.chat, message.seq], put: message }]
  }
}

function notKept(): undefined {
  return undefined
}

/** Whether enough is known around a number to show it without asking. */
function isWide(
  range: SeqRange,
  { seq, limit, lastSeq }: { seq: number; limit: number; lastSeq: number },
): boolean {
  const half = Math.floor(limit / 4)
  return range[0] <= Math.max(1, seq - half) && range[1] >= Math.min(lastSeq, seq + half)
}

function stretchOf(question: PageQuestion, page: Page, lastSeq: number): Stretch {
  const first = page.items[0]?.seq
  const last = page.items.at(-1)?.seq
  const from = page.hasBefore ? first : 1
  const to = page.hasAfter ? last : Math.max(lastSeq, last ?? 0)
  if ('before' in question) return { from: from ?? question.before, to: question.before - 1 }
  if ('after' in question) return { from: question.after + 1, to: to ?? question.after }
  return { from: from ?? question.around, to: to ?? question.around }
}
