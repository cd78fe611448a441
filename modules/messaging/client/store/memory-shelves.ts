import type { Change, ShelfKey, ShelfName, Shelves } from './shelves.ts'

/** For browsers that keep nothing: everything works, until the page is closed. */
export class MemoryShelves implements Shelves {
  readonly #shelves = new Map<ShelfName, Map<string, { key: ShelfKey; value: unknown }>>()

  async get(shelf: ShelfName, key: ShelfKey): Promise<unknown> {
    return this.#shelf(shelf).get(JSON.stringify(key))?.value
  }

  async all(shelf: ShelfName): Promise<unknown[]> {
    return [...this.#shelf(shelf).values()].map(({ value }) => value)
  }

  async messages(chat: string, from: number, to: number): Promise<unknown[]> {
    return [...this.#shelf('messages').values()]
      .filter(({ key }) => key[0] === chat && Number(key[1]) >= from && Number(key[1]) <= to)
      .toSorted((a, b) => Number(a.key[1]) - Number(b.key[1]))
      .map(({ value }) => value)
  }

  async write(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      const shelf = this.#shelf(change.shelf)
      if ('put' in change) {
        shelf.set(JSON.stringify(change.key), { key: change.key, value: change.put })
      } else if ('key' in change) shelf.delete(JSON.stringify(change.key))
      else if (change.chat === undefined) shelf.clear()
      else for (const [id, { key }] of shelf) if (key[0] === change.chat) shelf.delete(id)
    }
  }

  #shelf(name: ShelfName): Map<string, { key: ShelfKey; value: unknown }> {
    const shelf = this.#shelves.get(name) ?? new Map<string, { key: ShelfKey; value: unknown }>()
    this.#shelves.set(name, shelf)
    return shelf
  }
}
