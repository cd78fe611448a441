import { createHash, randomBytes } from 'node:crypto'
import type { OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { AuthTables } from '../tables.ts'

const DAY_MS = 86_400_000
/** Browsers forget a cookie after so long at the latest. */
export const DEVICE_S = 400 * 24 * 60 * 60
const TRUST_MS = 30 * DAY_MS
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** What trust in a browser hangs on: with another password, role or authenticator it is gone. */
export interface TrustGround {
  readonly userId: string
  readonly epoch: number
  /** When the second factor was confirmed. */
  readonly factorSince: string
}

/**
 * The browsers a person has signed in from, told apart by a random token in a cookie of its own. Each
 * row is a digest of the token and of what it is known for, so that rows say nothing of who shares a
 * browser.
 */
export class Devices {
  readonly #tables: Scope<AuthTables>
  readonly #clock: Clock

  constructor(tables: Scope<AuthTables>, clock: Clock) {
    this.#tables = tables
    this.#clock = clock
  }

  /** The token of a browser that has one, or a new one. */
  tokenOf(device: string | undefined): string {
    return device !== undefined && TOKEN.test(device)
      ? device
      : randomBytes(32).toString('base64url')
  }

  /** Names the browser if the person has signed in from it before, otherwise undefined. */
  async known(userId: string, device: string | undefined): Promise<string | undefined> {
    if (device === undefined || !TOKEN.test(device)) return undefined
    const digest = knownDigest(userId, device)
    return (await this.#seenAt(userId, digest)) === undefined ? undefined : digest
  }

  async isTrusted(ground: TrustGround, device: string | undefined): Promise<boolean> {
    if (device === undefined || !TOKEN.test(device)) return false
    const since = await this.#seenAt(ground.userId, trustDigest(ground, device))
    return since !== undefined && this.#now() - Date.parse(since) < TRUST_MS
  }

  /** @returns whether the person was never seen there, though elsewhere. */
  async remember(tx: OpenTransaction, userId: string, device: string): Promise<boolean> {
    const { db } = this.#tables.within(tx)
    const digest = knownDigest(userId, device)
    const forgotten = new Date(this.#now() - DEVICE_S * 1000).toISOString()
    await db
      .deleteFrom('known_devices')
      .where('user_id', '=', userId)
      .where('seen_at', '<', forgotten)
      .execute()
    const seen = await db
      .selectFrom('known_devices')
      .select('device_hash')
      .where('user_id', '=', userId)
      .where('device_hash', '=', digest)
      .executeTakeFirst()
    await this.#put(tx, userId, digest)
    return seen === undefined
  }

  /** No second factor is asked for there in the next thirty days. */
  async trust(tx: OpenTransaction, ground: TrustGround, device: string): Promise<void> {
    await this.#put(tx, ground.userId, trustDigest(ground, device))
  }

  async #put(tx: OpenTransaction, userId: string, digest: string): Promise<void> {
    const seenAt = this.#clock.now().toISOString()
    await this.#tables
      .within(tx)
      .db.insertInto('known_devices')
      .values({ user_id: userId, device_hash: digest, seen_at: seenAt })
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'device_hash']).doUpdateSet({ seen_at: seenAt }),
      )
      .execute()
  }

  async #seenAt(userId: string, digest: string): Promise<string | undefined> {
    const row = await this.#tables.reader
      .selectFrom('known_devices')
      .select('seen_at')
      .where('user_id', '=', userId)
      .where('device_hash', '=', digest)
      .executeTakeFirst()
    return row?.seen_at
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}

function knownDigest(userId: string, device: string): string {
  return digestOf(`known ${userId} ${device}`)
}

function trustDigest({ userId, epoch, factorSince }: TrustGround, device: string): string {
  return digestOf(`trusted ${userId} ${epoch} ${factorSince} ${device}`)
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
