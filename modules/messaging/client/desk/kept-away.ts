import { ownPage } from '#client'
import type { Person } from '../protocol/dto.ts'

const LISTED = '/api/v1/me/blocks?limit=100'
const KEPT_MS = 60_000
/** Where nobody can be kept away, that changes only with the modules of the station. */
const ABSENT_MS = 3_600_000
const MOST_PAGES = 20

interface Listed {
  readonly items: readonly { readonly id: string }[]
  readonly nextCursor: string | null
}

/** What it needs of the browser; tests bring their own. */
export interface KeptAwayWorld {
  fetch(path: string, method: 'GET' | 'PUT' | 'DELETE'): Promise<Response>
  now(): number
}

/**
 * Whom one keeps away, as far as this browser has to know: nothing of them is to be heard. It is asked
 * when somebody has written and kept for a minute; where nobody can be kept away, nobody is.
 */
export class KeptAway {
  readonly #world: KeptAwayWorld
  #ids: Promise<ReadonlySet<string>> | undefined
  #untilMs = 0

  constructor(world: KeptAwayWorld = browser) {
    this.#world = world
  }

  async has(id: string): Promise<boolean> {
    const now = this.#world.now()
    if (!this.#ids || now >= this.#untilMs) {
      this.#untilMs = now + KEPT_MS
      this.#ids = this.#list()
    }
    return (await this.#ids).has(id)
  }

  /** @returns whether it is so now. */
  async set({ username }: Pick<Person, 'username'>, isAway: boolean): Promise<boolean> {
    const path = `/api/v1/users/${username}/block`
    const answer = await this.#world.fetch(path, isAway ? 'PUT' : 'DELETE').catch(() => undefined)
    this.#ids = undefined
    return answer?.ok === true
  }

  async #list(): Promise<ReadonlySet<string>> {
    const ids = new Set<string>()
    try {
      let cursor: string | null = ''
      for (let page = 0; cursor !== null && page < MOST_PAGES; page++) {
        const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const answer = await this.#world.fetch(LISTED + from, 'GET')
        if (answer.status === 404) this.#untilMs = this.#world.now() + ABSENT_MS
        if (!answer.ok) break
        const { items, nextCursor } = (await answer.json()) as Listed
        for (const { id } of items) ids.add(id)
        cursor = nextCursor
      }
    } catch {
      /* Rather one sound too many than none. */
    }
    return ids
  }
}

const browser: KeptAwayWorld = {
  fetch: (path, method) =>
    fetch(path, { method, headers: { accept: 'application/json', ...ownPage() } }),
  now: () => Date.now(),
}
