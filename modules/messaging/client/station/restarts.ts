/** Between the two nothing is known of any history; the first may come again before the second. */
type Phase = 'begins' | 'ends'

/** Who wants to know that everything that is known of histories becomes void. */
export class Restarts {
  readonly #hearers = new Set<(phase: Phase) => void>()

  /** @returns what ends it. */
  hear(hearer: (phase: Phase) => void): () => void {
    this.#hearers.add(hearer)
    return () => void this.#hearers.delete(hearer)
  }

  tell(phase: Phase): void {
    for (const hear of this.#hearers) hear(phase)
  }
}
