import { networkOf } from '../../network.ts'
import type { Clock } from '../../app.ts'

const WINDOW_MS = 15 * 60_000
/** A limit reached again doubles the wait, up to this many windows. */
const MAX_WINDOWS = 8
const FORGET_MS = 24 * 60 * 60_000
const MAX_BUCKETS = 10_000

/** How many guesses within fifteen minutes go free. */
export interface GuessLimits {
  /** For one account from one network, or from one browser the person is known by. */
  readonly perPlace: number
  /** From one network, for all accounts. */
  readonly perNetwork: number
  /** For one account, from all networks where the person is not known. */
  readonly perAccount: number
}

export const PASSWORD_LIMITS: GuessLimits = { perPlace: 5, perNetwork: 30, perAccount: 100 }
/** A code has a million values, three of them good, and who guesses has the password already. */
export const CODE_LIMITS: GuessLimits = { perPlace: 5, perNetwork: 30, perAccount: 10 }

/** Whose password or code is tried, and from where. */
export interface Guess {
  /** The account's id, or what was typed when there is none. */
  readonly account: string
  readonly ip: string
  /** Set for a browser from which this very person has signed in before. */
  readonly knownDevice?: string | undefined
}

interface Rule {
  readonly key: string
  readonly max: number
}

interface Bucket {
  count: number
  /** The count begins anew after this instant. */
  until: number
  /** How many times in a row the limit was reached. */
  strikes: number
}

/**
 * Limits guessing without locking anyone out: each further round of guesses waits twice as long, up
 * to two hours. A browser the person is known by is counted by itself, so that strangers cannot keep
 * people out of their own accounts. An attempt counts when it begins, so that a hundred at once are
 * not all let through.
 */
export class LoginThrottle {
  readonly #clock: Clock
  readonly #limits: GuessLimits
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock, limits: GuessLimits) {
    this.#clock = clock
    this.#limits = limits
  }

  /**
   * Counts an attempt.
   *
   * @returns seconds to wait, 0 when it may go on.
   */
  attempt(guess: Guess): number {
    const rules = this.#rules(guess)
    const waitMs = Math.max(...rules.map((rule) => this.#waitMs(rule)))
    if (waitMs > 0) return Math.ceil(waitMs / 1000)
    for (const rule of rules) this.#count(rule)
    return 0
  }

  /** How many more attempts may follow at once. */
  left(guess: Guess): number {
    const left = this.#rules(guess).map(({ key, max }) => {
      const bucket = this.#buckets.get(key)
      return bucket && bucket.until > this.#now() ? max - bucket.count : max
    })
    return Math.max(0, Math.min(...left))
  }

  /** The attempt was no guess: it and those before it for the same account and place do not count. */
  succeed(guess: Guess): void {
    const [place, ...others] = this.#rules(guess)
    if (place) this.#buckets.delete(place.key)
    for (const { key } of others) {
      const bucket = this.#buckets.get(key)
      if (bucket && bucket.count > 0) bucket.count -= 1
    }
  }

  #rules({ account, ip, knownDevice }: Guess): readonly Rule[] {
    const { perPlace, perNetwork, perAccount } = this.#limits
    if (knownDevice !== undefined) return [{ key: `${knownDevice} ${account}`, max: perPlace }]
    const network = networkOf(ip)
    return [
      { key: `${network} ${account}`, max: perPlace },
      { key: network, max: perNetwork },
      { key: `* ${account}`, max: perAccount },
    ]
  }

  #waitMs({ key, max }: Rule): number {
    const bucket = this.#buckets.get(key)
    if (!bucket || bucket.count < max) return 0
    return Math.max(0, bucket.until - this.#now())
  }

  #count({ key, max }: Rule): void {
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
