import type { World } from '#client'
import type { Book } from './book.ts'

/** A timer cannot wait for more than some weeks, and a silence can be for good. */
const MAX_MS = 24 * 3_600_000

/** A timed silence ends without any event: one timer for the nearest end has the book tell of it. */
export class MuteEnds {
  readonly #world: World
  readonly #book: Book
  #endMs = Infinity
  #cancel: (() => void) | undefined

  constructor(world: World, book: Book) {
    this.#world = world
    this.#book = book
    book.watch(() => this.#wait())
    this.#wait()
  }

  #wait(): void {
    const nowMs = this.#world.now()
    const ends = this.#book.all().map(({ me }) => Date.parse(me?.mutedUntil ?? ''))
    const endMs = Math.min(...ends.filter((each) => each > nowMs))
    if (endMs === this.#endMs) return
    this.#cancel?.()
    this.#endMs = endMs
    if (endMs === Infinity) return
    this.#cancel = this.#world.later(() => this.#pass(), Math.min(endMs - nowMs, MAX_MS))
  }

  #pass(): void {
    const isOver = this.#world.now() >= this.#endMs
    this.#endMs = Infinity
    if (isOver) this.#book.timePassed()
    else this.#wait()
  }
}
