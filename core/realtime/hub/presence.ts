import type { PresenceChange } from '../index.ts'

/** A page that is loaded anew was never away. */
const LINGER_MS = 5_000

export type PresenceListener = (change: PresenceChange) => void

/** Who is here, by open sockets of this process. */
export class Presence {
  readonly #listeners = new Set<PresenceListener>()
  readonly #here = new Set<string>()
  /** Who has closed the last socket, and when. */
  readonly #leftAt = new Map<string, number>()

  /** @returns what to call to hear no more. */
  onChange(listener: PresenceListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  arrived(userId: string, nowMs: number): void {
    this.#leftAt.delete(userId)
    if (this.#here.has(userId)) return
    this.#here.add(userId)
    this.#tell(userId, true, nowMs)
  }

  /** The last socket was closed. */
  left(userId: string, nowMs: number): void {
    if (this.#here.has(userId)) this.#leftAt.set(userId, nowMs)
  }

  /** Each second. */
  tick(nowMs: number): void {
    for (const [userId, leftAt] of this.#leftAt) {
      if (nowMs - leftAt < LINGER_MS) continue
      this.#leftAt.delete(userId)
      this.#here.delete(userId)
      this.#tell(userId, false, leftAt)
    }
  }

  #tell(userId: string, isOnline: boolean, atMs: number): void {
    const change = { userId, isOnline, at: new Date(atMs).toISOString() }
    for (const listener of this.#listeners) listener(change)
  }
}
