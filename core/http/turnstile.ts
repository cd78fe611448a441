/**
 * Begins one piece of work in each turn of the event loop: whatever else has come meanwhile gets its
 * turn between two of a crowd. A single one does not wait.
 */
export class Turnstile {
  readonly #waiting: (() => void)[] = []
  #isTaken = false

  enter(work: () => void): void {
    if (this.#isTaken) this.#waiting.push(work)
    else this.#begin(work)
  }

  #begin(work: () => void): void {
    this.#isTaken = true
    setImmediate(() => this.#next())
    work()
  }

  #next(): void {
    const work = this.#waiting.shift()
    if (work) this.#begin(work)
    else this.#isTaken = false
  }
}
