import type { App, Role } from '#core'

/** A person as the pages of a blog show them. */
export interface Person {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly bio?: string | undefined
  /** Path of their portrait. */
  readonly avatar?: string | undefined
  /** The colour of their pages. */
  readonly flavour?: string | undefined
  /** IANA name of the zone in which their dates are told. */
  readonly timeZone: string
  /** When they came to the station. */
  readonly since?: string | undefined
}

/** The most accounts one call answers. */
const MAX_IDS = 200
/** So many of those whom somebody follows, the newest first, fill their feed. */
const MAX_FOLLOWED = 500
const NOBODYS_ZONE = 'UTC'

/**
 * Who somebody is. Names and faces belong to another module; while that one does not run, the
 * account itself still tells the user name.
 */
export class People {
  readonly #app: Pick<App, 'call'>

  constructor(app: Pick<App, 'call'>) {
    this.#app = app
  }

  /** null when nobody has this name. */
  async named(username: string): Promise<Person | null> {
    if (username.length > 64) return null
    return personIn(await this.#ask('users.profile', 'auth.identity', { username }))
  }

  /** Whether what this person makes public may be shown to everybody. */
  async mayPublish(userId: string): Promise<boolean> {
    try {
      const { isAllowed } = await this.#app.call('privacy.publishing', { userId })
      return isAllowed
    } catch (error) {
      if (isUnavailable(error)) return true
      throw error
    }
  }

  async withId(id: string): Promise<Person | null> {
    return (await this.withIds([id])).get(id) ?? null
  }

  /** Unknown ids are absent. */
  async withIds(ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const found = new Map<string, Person>()
    const asked = [...new Set(ids)]
    for (let start = 0; start < asked.length; start += MAX_IDS) {
      const chunk = asked.slice(start, start + MAX_IDS)
      const answer = await this.#ask('users.profiles', 'auth.identities', { ids: chunk })
      for (const each of Array.isArray(answer) ? answer : []) {
        const person = personIn(each)
        if (person) found.set(person.id, person)
      }
    }
    return found
  }

  /** User names by id; unknown ids are absent. */
  async usernames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const people = await this.withIds(ids)
    return new Map([...people.values()].map(({ id, username }) => [id, username]))
  }

  /** undefined for who is not active, or nobody. */
  async roleOf(userId: string): Promise<Role | undefined> {
    const [account] = await this.#app.call('auth.identities', { ids: [userId] })
    return account?.status === 'active' ? account.role : undefined
  }

  /** Ids of those whom somebody reads, at most {@link MAX_FOLLOWED}; none while nobody knows. */
  async followedBy(userId: string): Promise<readonly string[]> {
    try {
      const question = { userId, heard: true, limit: MAX_FOLLOWED }
      const answer: unknown = await this.#app.call('relations.following', question)
      const ids: unknown = Object(answer).ids
      return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
    } catch (error) {
      if (isUnavailable(error)) return []
      throw error
    }
  }

  async #ask(name: string, fallback: string, input: object): Promise<unknown> {
    try {
      return await this.#app.call(name, input)
    } catch (error) {
      if (!isUnavailable(error)) throw error
      return this.#app.call(fallback, input)
    }
  }
}

/** Reads an account or a profile, whoever has answered. */
function personIn(answer: unknown): Person | null {
  if (typeof answer !== 'object' || answer === null) return null
  const { id, username, displayName, bio, avatarUrl, flavour, timeZone, createdAt } =
    answer as Readonly<Record<string, unknown>>
  if (typeof id !== 'string' || typeof username !== 'string') return null
  return {
    id,
    username,
    name: text(displayName) ?? username,
    bio: text(bio),
    avatar: text(avatarUrl),
    flavour: text(flavour),
    timeZone: text(timeZone) ?? NOBODYS_ZONE,
    since: text(createdAt),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isUnavailable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'QL_CALL_UNAVAILABLE'
}
