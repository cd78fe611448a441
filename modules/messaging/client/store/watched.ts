/** Something that tells those who watch it when it has changed. */
export class Watched {
  readonly #watchers = new Set<() => void>()
  #version = 0

  /** Grows with every change. */
  get version(): number {
    return this.#version
  }

  /** @returns what ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  protected changed(): void {
    this.#version += 1
    for (const watcher of this.#watchers) watcher()
  }
}
