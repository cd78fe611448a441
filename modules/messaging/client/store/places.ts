import type { Shelves } from './shelves.ts'

/** Where somebody stopped reading: a message, and how far below the upper edge it stands. */
export interface Place {
  readonly seq: number
  readonly offset: number
}

/** The place in each chat, kept on this device. */
export class Places {
  readonly #shelves: Shelves
  readonly #places = new Map<string, Place | undefined>()

  constructor(shelves: Shelves) {
    this.#shelves = shelves
  }

  async of(chat: string): Promise<Place | undefined> {
    if (this.#places.has(chat)) return this.#places.get(chat)
    const kept = await this.#shelves.get('places', chat).catch(() => undefined)
    /* Somebody may have stopped elsewhere meanwhile. */
    if (!this.#places.has(chat)) this.#places.set(chat, kept as Place | undefined)
    return this.#places.get(chat)
  }

  /** Undefined: at the bottom, where new messages appear. */
  keep(chat: string, place: Place | undefined): void {
    this.#places.set(chat, place)
    const change = place ? { shelf: 'places' as const, key: chat, put: place } : undefined
    void this.#shelves.write([change ?? { shelf: 'places', key: chat }]).catch(() => undefined)
  }
}
