import type { Shelves } from './shelves.ts'

/** Where somebody stopped reading: a message, and how far below the upper edge it stands. */
export interface Place {
  readonly seq: number
  readonly offset: number
}

/** The place in each chat, kept on this device. */
export class Places {
  readonly #shelves: Shelves
  readonly #places = new Map<string, Place>()

  constructor(shelves: Shelves) {
    this.#shelves = shelves
  }

  async of(chat: string): Promise<Place | undefined> {
    const here = this.#places.get(chat)
    if (here) return here
    return (await this.#shelves.get('places', chat)) as Place | undefined
  }

  /** Undefined: at the bottom, where new messages appear. */
  keep(chat: string, place: Place | undefined): void {
    if (place) this.#places.set(chat, place)
    else this.#places.delete(chat)
    const change = place ? { shelf: 'places' as const, key: chat, put: place } : undefined
    void this.#shelves.write([change ?? { shelf: 'places', key: chat }]).catch(() => undefined)
  }
}
