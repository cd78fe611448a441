import type { App } from '#core'
import { errors } from './errors.ts'
import type { Person } from './schema.ts'

type Asker = Pick<App, 'call'>

/** How one person stands to another. */
export interface Standing {
  readonly blocks: boolean
  readonly blockedBy: boolean
  readonly follows: boolean
  readonly followedBy: boolean
}

const MAX_IDS = 200
/** Names stand beside every message; one that is changed is seen so much later at the latest. */
const KEPT_MS = 30_000
const MAX_KEPT = 5_000
const NO_STANDING: Standing = {
  blocks: false,
  blockedBy: false,
  follows: false,
  followedBy: false,
}

/** Who somebody is, and who keeps whom away. Other modules know; each of them may be missing. */
export class People {
  readonly #app: Asker
  readonly #nowMs: () => number
  readonly #kept = new Map<string, { readonly person: Person; readonly untilMs: number }>()

  constructor(app: Asker, nowMs: () => number) {
    this.#app = app
    this.#nowMs = nowMs
  }

  /** Forgets what it knows of somebody who has changed. */
  forget(userId: string): void {
    this.#kept.delete(userId)
  }

  /** In the order of the ids, each once; who is gone is a `deleted` one. */
  async withIds(ids: readonly (string | null)[]): Promise<Person[]> {
    const wanted = [...new Set(ids)].filter((id) => id !== null)
    const now = this.#nowMs()
    const lacking = wanted.filter((id) => (this.#kept.get(id)?.untilMs ?? 0) <= now)
    for (let from = 0; from < lacking.length; from += MAX_IDS) {
      await this.#fetch(lacking.slice(from, from + MAX_IDS), now + KEPT_MS)
    }
    return wanted.map((id) => this.#kept.get(id)?.person ?? gone(id))
  }

  async withId(id: string): Promise<Person> {
    const [person] = await this.withIds([id])
    return person ?? gone(id)
  }

  /** @throws QL_MSG_PERSON_NOT_FOUND */
  async named(name: string): Promise<Person> {
    const username = name.replace(/^@/, '').toLowerCase()
    const answer = await this.#ask('users.profile', 'auth.identity', { username })
    const person = personIn(answer)
    if (!person) throw errors.QL_MSG_PERSON_NOT_FOUND({ values: { name: username } })
    return person
  }

  /** Those of the names that exist, by lower-case name. */
  async known(names: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const found = new Map<string, Person>()
    for (const name of new Set(names.map((each) => each.toLowerCase()))) {
      const person = personIn(await this.#ask('users.profile', 'auth.identity', { username: name }))
      if (person) found.set(name, person)
    }
    return found
  }

  /** Everybody asked for is in the answer; while no module knows of blocks, nobody blocks anybody. */
  async standings(
    userId: string,
    otherIds: readonly string[],
  ): Promise<ReadonlyMap<string, Standing>> {
    const found = new Map<string, Standing>(otherIds.map((id) => [id, NO_STANDING]))
    if (otherIds.length === 0) return found
    const answer = await this.#between(userId, otherIds)
    for (const each of Array.isArray(answer) ? answer : []) {
      const { id, blocks, blockedBy, follows, followedBy } = Object(each) as Record<string, unknown>
      if (typeof id !== 'string') continue
      found.set(id, {
        blocks: blocks === true,
        blockedBy: blockedBy === true,
        follows: follows === true,
        followedBy: followedBy === true,
      })
    }
    return found
  }

  async standing(userId: string, otherId: string): Promise<Standing> {
    return (await this.standings(userId, [otherId])).get(otherId) ?? NO_STANDING
  }

  async #between(userId: string, otherIds: readonly string[]): Promise<unknown> {
    try {
      return await this.#app.call('relations.between', {
        userId,
        otherIds: otherIds.slice(0, MAX_IDS),
      })
    } catch (error) {
      if (isUnavailable(error)) return []
      throw error
    }
  }

  async #fetch(ids: readonly string[], untilMs: number): Promise<void> {
    const answer = await this.#ask('users.profiles', 'auth.identities', { ids })
    for (const each of Array.isArray(answer) ? answer : []) {
      const person = personIn(each)
      if (person) this.#keep(person, untilMs)
    }
  }

  #keep(person: Person, untilMs: number): void {
    if (this.#kept.size >= MAX_KEPT) {
      const [oldest] = this.#kept.keys()
      if (oldest !== undefined) this.#kept.delete(oldest)
    }
    this.#kept.delete(person.id)
    this.#kept.set(person.id, { person, untilMs })
  }

  /** Profiles belong to another module; while that one does not run, the account itself answers. */
  async #ask(name: string, instead: string, input: object): Promise<unknown> {
    try {
      return await this.#app.call(name, input)
    } catch (error) {
      if (!isUnavailable(error)) throw error
      return this.#app.call(instead, input)
    }
  }
}

function gone(id: string): Person {
  return { id, username: '', displayName: '', avatar: null, flavour: null, deleted: true }
}

function personIn(answer: unknown): Person | null {
  if (typeof answer !== 'object' || answer === null) return null
  const { id, username, displayName, avatarUrl, flavour } = answer as Record<string, unknown>
  if (typeof id !== 'string' || typeof username !== 'string') return null
  return {
    id,
    username,
    displayName: textOf(displayName) ?? username,
    avatar: textOf(avatarUrl) ?? null,
    flavour: textOf(flavour) ?? null,
    deleted: false,
  }
}

/** Undefined for anything but a text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'QL_CALL_UNAVAILABLE'
}
