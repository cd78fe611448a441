import { networkOf } from '../network.ts'
import type { Clock } from '../app.ts'

const WINDOW_MS = 15 * 60_000
const PER_LOGIN = 5
const PER_ADDRESS = 30
/** A limit reached again doubles the wait, up to this many windows. */
const MAX_WINDOWS = 8
const FORGET_MS = 24 * 60 * 60_000
const MAX_BUCKETS = 10_000

interface Bucket {
  count: number
  /** The count begins anew after this instant. */
  until: number
  /** How many times in a row the limit was reached. */
  strikes: number
}

/**
 * Limits guessing without locking anyone out: five attempts in fifteen minutes for one login from
 * one address, thirty from one address; each further round waits twice as long. An attempt counts
 * when it begins, so that a hundred at once are not all let through.
 */
export class LoginThrottle {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Counts an attempt.
   *
   * @returns seconds to wait, 0 when it may go on.
   */
  attempt(login: string, ip: string): number {
    const network = networkOf(ip)
    const waitMs = Math.max(
      this.#waitMs(network, PER_ADDRESS),
      this.#waitMs(`${network} ${login}`, PER_LOGIN),
    )
    if (waitMs > 0) return Math.ceil(waitMs / 1000)
    this.#count(network, PER_ADDRESS)
    this.#count(`${network} ${login}`, PER_LOGIN)
    return 0
  }

  /** The attempt was no guess: it and those for the same login no longer count. */
  succeed(login: string, ip: string): void {
    const network = networkOf(ip)
    this.#buckets.delete(`${network} ${login}`)
    const bucket = this.#buckets.get(network)
    if (bucket && bucket.count > 0) bucket.count -= 1
  }

  #waitMs(key: string, max: number): number {
    const bucket = this.#buckets.get(key)
    if (!bucket || bucket.count < max) return 0
    return Math.max(0, bucket.until - this.#now())
  }

  #count(key: string, max: number): void {
    const bucket = this.#current(key)
    bucket.count += 1
    if (bucket.count < max) return
    bucket.until = this.#now() + WINDOW_MS * Math.min(2 ** bucket.strikes, MAX_WINDOWS)
    bucket.strikes += 1
  }

  #current(key: string): Bucket {
    const now = this.#now()
    const known = this.#buckets.get(key)
    if (known && known.until > now) return known
    const isRecent = known !== undefined && now - known.until < FORGET_MS
    const fresh = { count: 0, until: now + WINDOW_MS, strikes: isRecent ? known.strikes : 0 }
    this.#buckets.delete(key)
    this.#forgetOldest()
    this.#buckets.set(key, fresh)
    return fresh
  }

  #forgetOldest(): void {
    if (this.#buckets.size < MAX_BUCKETS) return
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}
