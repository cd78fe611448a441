import type { Hands } from '../../desk/use-desk.ts'
import { Watched } from '../../store/watched.ts'
import type { Found } from '../list/found-pane.tsx'

const PAUSE_MS = 250

/** Places in one chat where something is said, the latest first. */
export class Finding extends Watched {
  readonly #hands: Hands
  readonly #chat: string
  #seqs: readonly number[] = []
  #at = 0
  #isAsking = false
  #asked = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(hands: Hands, chat: string) {
    super()
    this.#hands = hands
    this.#chat = chat
  }

  get count(): number {
    return this.#seqs.length
  }

  /** From 1. */
  get number(): number {
    return this.#at + 1
  }

  get isAsking(): boolean {
    return this.#isAsking
  }

  ask(query: string): void {
    clearTimeout(this.#timer)
    this.#asked = query
    this.#isAsking = query !== ''
    if (query === '') this.#seqs = []
    else this.#timer = setTimeout(() => void this.#find(query), PAUSE_MS)
    this.changed()
  }

  go(step: number): void {
    const { length } = this.#seqs
    if (length > 0) this.#show((this.#at + step + length) % length)
  }

  async #find(query: string): Promise<void> {
    const input = { q: query, chat: this.#chat }
    const answer = (await this.#hands.deeds.look('msg.search', input)) as Found | undefined
    if (this.#asked !== query) return
    this.#isAsking = false
    this.#seqs = (answer?.items ?? []).map(({ m }) => m.seq).toSorted((a, b) => b - a)
    this.#show(0)
  }

  #show(at: number): void {
    this.#at = at
    const seq = this.#seqs[at]
    if (seq !== undefined) this.#hands.desk.show(this.#chat, seq)
    this.changed()
  }
}
