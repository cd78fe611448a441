import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Actor } from '../../port/requests.ts'
import { newId } from '../../ids.ts'
import type { NotificationTables } from '../tables.ts'

/** A browser that may be woken. */
export interface Subscription {
  readonly id: string
  /** In which it was allowed. */
  readonly sessionId: string
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
}

interface Tables extends NotificationTables {
  sessions: {
    id: string
    user_id: string
    epoch: number
    ended_at: string | null
    expires_at: string
  }
  identities: { id: string; epoch: number; status: string }
}

/** More browsers than anybody has; the oldest makes room. */
const MAX_PER_PERSON = 20

/** Browsers by person. One lives as long as the session in which it was allowed. */
export class PushSubscriptions {
  readonly #database: Database
  readonly #scope: Scope<Tables>
  readonly #clock: Clock
  #changes = 0

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#scope = database.scope('')
    this.#clock = clock
  }

  /** Grows whenever a browser was added or went on here. */
  get changes(): number {
    return this.#changes
  }

  /** A browser that another person used before belongs to who is signed in there now. */
  async add(actor: Actor, keys: Omit<Subscription, 'id' | 'sessionId'>): Promise<void> {
    const row = {
      user_id: actor.id,
      session_id: actor.sessionId,
      ...keys,
      created_at: this.#clock.now().toISOString(),
    }
    await this.#database.transaction(async (tx) => {
      await this.#scope
        .within(tx)
        .db.insertInto('push_subscriptions')
        .values({ id: newId(), ...row })
        .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(row))
        .execute()
      await this.#makeRoom(tx, actor.id)
    })
    this.#changes++
  }

  /**
   * A browser that this person has let wake before goes on in the session they have now.
   *
   * @returns false for one they have not, or that was dropped meanwhile.
   */
  async renew(actor: Actor, endpoint: string): Promise<boolean> {
    const own = await this.#scope.reader
      .selectFrom('push_subscriptions')
      .select(['id', 'session_id as sessionId'])
      .where('user_id', '=', actor.id)
      .where('endpoint', '=', endpoint)
      .executeTakeFirst()
    if (!own || own.sessionId === actor.sessionId) return own !== undefined
    const moved = await this.#database.transaction((tx) =>
      this.#scope
        .within(tx)
        .db.updateTable('push_subscriptions')
        .set({ session_id: actor.sessionId })
        .where('id', '=', own.id)
        .where('user_id', '=', actor.id)
        .executeTakeFirst(),
    )
    this.#changes++
    return moved.numUpdatedRows > 0n
  }

  /** Only the person's own. */
  async remove(userId: string, endpoint: string): Promise<void> {
    await this.#database.transaction((tx) =>
      this.#scope
        .within(tx)
        .db.deleteFrom('push_subscriptions')
        .where('user_id', '=', userId)
        .where('endpoint', '=', endpoint)
        .execute(),
    )
  }

  /** The push service knows it no more. */
  async drop(id: string): Promise<void> {
    await this.#database.transaction((tx) =>
      this.#scope.within(tx).db.deleteFrom('push_subscriptions').where('id', '=', id).execute(),
    )
  }

  /** Those whose session is alive: a browser that was signed out from afar hears nothing more. */
  async of(userId: string): Promise<readonly Subscription[]> {
    return this.#alive()
      .select([
        'push_subscriptions.id as id',
        'push_subscriptions.session_id as sessionId',
        'push_subscriptions.endpoint as endpoint',
        'push_subscriptions.p256dh as p256dh',
        'push_subscriptions.auth as auth',
      ])
      .where('push_subscriptions.user_id', '=', userId)
      .execute()
  }

  /** Those of the people who have such a browser, each once. */
  async reachable(userIds: readonly string[]): Promise<string[]> {
    if (userIds.length === 0) return []
    const rows = await this.#alive()
      .select('push_subscriptions.user_id as userId')
      .distinct()
      .where('push_subscriptions.user_id', 'in', [...userIds])
      .execute()
    return rows.map(({ userId }) => userId)
  }

  /** All of them, or null where they are more than `most`. */
  async few(most: number): Promise<string[] | null> {
    const rows = await this.#alive()
      .select('push_subscriptions.user_id as userId')
      .distinct()
      .limit(most + 1)
      .execute()
    return rows.length > most ? null : rows.map(({ userId }) => userId)
  }

  #alive() {
    return this.#scope.reader
      .selectFrom('push_subscriptions')
      .innerJoin('sessions', 'sessions.id', 'push_subscriptions.session_id')
      .innerJoin('identities', 'identities.id', 'push_subscriptions.user_id')
      .where('sessions.ended_at', 'is', null)
      .where('sessions.expires_at', '>', this.#clock.now().toISOString())
      .whereRef('sessions.epoch', '=', 'identities.epoch')
      .where('identities.status', '=', 'active')
  }

  async #makeRoom(tx: OpenTransaction, userId: string): Promise<void> {
    const { db } = this.#scope.within(tx)
    const tooMany = await db
      .selectFrom('push_subscriptions')
      .select('id')
      .where('user_id', '=', userId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(MAX_PER_PERSON)
      .offset(MAX_PER_PERSON)
      .execute()
    for (const { id } of tooMany)
      await db.deleteFrom('push_subscriptions').where('id', '=', id).execute()
  }
}
