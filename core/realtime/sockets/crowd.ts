import { CLOSE } from './close-codes.ts'
import type { Connection } from './connection.ts'

const NOBODY: ReadonlySet<Connection> = new Set()

/** The open sockets, by person. */
export class Crowd {
  readonly #byUser = new Map<string, Set<Connection>>()

  get size(): number {
    let size = 0
    for (const connections of this.#byUser.values()) size += connections.size
    return size
  }

  /** Everybody with a socket, each once. */
  get people(): readonly string[] {
    return [...this.#byUser.keys()]
  }

  all(): Connection[] {
    return [...this.#byUser.values()].flatMap((connections) => [...connections])
  }

  of(userId: string): ReadonlySet<Connection> {
    return this.#byUser.get(userId) ?? NOBODY
  }

  sessionIds(): string[] {
    return [...new Set(this.all().map(({ bearer }) => bearer.sessionId))]
  }

  add(connection: Connection): void {
    const { userId } = connection.bearer
    const connections = this.#byUser.get(userId)
    if (connections) connections.add(connection)
    else this.#byUser.set(userId, new Set([connection]))
  }

  remove(connection: Connection): void {
    const { userId } = connection.bearer
    const connections = this.#byUser.get(userId)
    connections?.delete(connection)
    if (connections?.size === 0) this.#byUser.delete(userId)
  }

  /** One socket per device: the later one is where the person is. */
  closeTwinsOf(connection: Connection): void {
    const { device, bearer } = connection
    if (device === null) return
    for (const other of this.of(bearer.userId)) {
      if (other !== connection && other.device === device) other.close(CLOSE.replaced)
    }
  }

  /** Sessions that ended elsewhere. */
  end(sessionIds: ReadonlySet<string>): void {
    if (sessionIds.size === 0) return
    for (const connection of this.all()) {
      if (sessionIds.has(connection.bearer.sessionId)) connection.close(CLOSE.revoked)
    }
  }

  revoke(userId: string, sessionIds: readonly string[] | 'all'): void {
    for (const connection of this.of(userId)) {
      const { sessionId } = connection.bearer
      if (sessionIds === 'all' || sessionIds.includes(sessionId)) connection.close(CLOSE.revoked)
    }
  }
}
