import type { Database, OpenTransaction, Row, Scope } from '../../../db/index.ts'
import type { Clock } from '../../app.ts'
import type { Actor, Role } from '../../port/requests.ts'
import { newId } from '../../ids.ts'
import type { Client, OpenSession } from './session.ts'
import type { Identity } from '../identity/identity.ts'
import type { Notices } from '../notices.ts'
import { readRefreshToken, type RefreshToken, writeRefreshToken } from './refresh-token.ts'
import type { Revocations } from './revocations.ts'
import { ABSOLUTE_MS, idleMs } from './session-limits.ts'
import type { AuthTables, EndReason } from '../tables.ts'

/** Two tabs that renew at once are one person; later than that, somebody copied a token. */
const GRACE_MS = 10_000
const MAX_USER_AGENT = 300

const SESSION = `select s.user_id, s.epoch as session_epoch, s.generation, s.rotated_at,
    s.expires_at, s.ended_at, i.epoch, i.username, i.role, i.status
  from sessions s join identities i on i.id = s.user_id where s.id = ?`

const RENEW = `update sessions set generation = ?, rotated_at = ?, ip = ?, user_agent = ?
  where id = ?`

/** How many sessions are asked for at once; a fixed number, so that the statement stays prepared. */
const ALIVE_BATCH = 200
const ALIVE = `select s.id from sessions s join identities i on i.id = s.user_id
  where s.id in (${Array.from({ length: ALIVE_BATCH }, () => '?').join(', ')})
    and s.ended_at is null and s.expires_at > ? and s.epoch = i.epoch and i.status = 'active'`

/** A session's row joined with its account, as far as it matters for who may do what. */
interface SessionState {
  readonly actor: Actor
  readonly generation: number
  readonly rotatedMs: number
  readonly endsAt: string
  readonly isAlive: boolean
}

export type Renewal =
  | { readonly kind: 'renewed'; readonly session: OpenSession }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'reused'; readonly userId: string; readonly sessionId: string }

export interface SessionsParts {
  readonly database: Database
  readonly clock: Clock
  readonly refreshKey: Buffer
  readonly revocations: Revocations
  readonly notices: Notices
}

/** The rows behind the tokens. Each request asks them, so that an ended session is ended at once. */
export class Sessions {
  readonly #database: Database
  readonly #tables: Scope<AuthTables>
  readonly #clock: Clock
  readonly #refreshKey: Buffer
  readonly #revocations: Revocations
  readonly #notices: Notices

  constructor({ database, clock, refreshKey, revocations, notices }: SessionsParts) {
    this.#database = database
    this.#tables = database.scope('')
    this.#clock = clock
    this.#refreshKey = refreshKey
    this.#revocations = revocations
    this.#notices = notices
  }

  async open(tx: OpenTransaction, identity: Identity, client: Client): Promise<OpenSession> {
    const { db } = this.#tables.within(tx)
    const now = this.#clock.now()
    const id = newId()
    const endsAt = new Date(now.getTime() + ABSOLUTE_MS).toISOString()
    const started = now.toISOString()
    await db
      .deleteFrom('sessions')
      .where('user_id', '=', identity.id)
      .where('expires_at', '<', started)
      .execute()
    const { epoch } = await db
      .selectFrom('identities')
      .select('epoch')
      .where('id', '=', identity.id)
      .executeTakeFirstOrThrow()
    await db
      .insertInto('sessions')
      .values({
        id,
        user_id: identity.id,
        epoch,
        generation: 0,
        created_at: started,
        rotated_at: started,
        expires_at: endsAt,
        ended_at: null,
        end_reason: null,
        ip: client.ip,
        user_agent: client.userAgent.slice(0, MAX_USER_AGENT),
        verified_at: started,
      })
      .execute()
    const { username, role } = identity
    const actor: Actor = { id: identity.id, username, role, sessionId: id }
    return this.#opened(actor, 0, endsAt)
  }

  /** Whether the person has signed in before, as far as it is remembered. */
  async hasAny(tx: OpenTransaction, userId: string): Promise<boolean> {
    const { db } = this.#tables.within(tx)
    const rows = db.selectFrom('sessions').select('id').where('user_id', '=', userId).limit(1)
    return (await rows.executeTakeFirst()) !== undefined
  }

  /** Who a session belongs to; null once it, or the account, may no longer be used. */
  async actor(sessionId: string): Promise<Actor | null> {
    const [row] = await this.#database.reader.all(SESSION, [sessionId])
    const state = row && this.#state(sessionId, row)
    return state?.isAlive ? state.actor : null
  }

  /** Those that may still be used. */
  async alive(sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
    const now = this.#clock.now().toISOString()
    const alive = new Set<string>()
    for (let from = 0; from < sessionIds.length; from += ALIVE_BATCH) {
      const batch = sessionIds.slice(from, from + ALIVE_BATCH)
      const padding = Array.from({ length: ALIVE_BATCH - batch.length }, () => '')
      const rows = await this.#database.reader.all(ALIVE, [...batch, ...padding, now])
      for (const row of rows) alive.add(String(row['id']))
      /* Thousands of open sockets are asked for each second; others have a turn in between. */
      if (from + ALIVE_BATCH < sessionIds.length) await new Promise(setImmediate)
    }
    return alive
  }

  /** Takes a refresh token for its successor; the row says from where the session is used now. */
  async renew(text: string, client: Client): Promise<Renewal> {
    const token = readRefreshToken(text, this.#refreshKey)
    if (!token) return { kind: 'invalid' }
    return this.#database.transaction((tx) => this.#renewWithin(tx, token, client))
  }

  async end(sessionId: string): Promise<void> {
    await this.#database.transaction((tx) => this.endWithin(tx, { sessionId }, 'signed-out'))
  }

  /** @returns whether it was open, and the person's where one is named. */
  async endWithin(
    tx: OpenTransaction,
    { sessionId, userId }: { readonly sessionId: string; readonly userId?: string },
    reason: EndReason,
  ): Promise<boolean> {
    let update = this.#tables
      .within(tx)
      .db.updateTable('sessions')
      .set({ ended_at: this.#clock.now().toISOString(), end_reason: reason })
      .where('id', '=', sessionId)
      .where('ended_at', 'is', null)
    if (userId !== undefined) update = update.where('user_id', '=', userId)
    const [ended] = await update.returning('user_id').execute()
    if (!ended) return false
    this.#revocations.announce(tx, { userId: ended.user_id, sessionIds: [sessionId] })
    return true
  }

  /**
   * Ends what the person has open but for one session.
   *
   * @returns how many that were.
   */
  async endAll(
    tx: OpenTransaction,
    userId: string,
    { except = null, reason }: { readonly except?: string | null; readonly reason: EndReason },
  ): Promise<number> {
    const now = this.#clock.now().toISOString()
    const ended = await this.#tables
      .within(tx)
      .db.updateTable('sessions')
      .set({ ended_at: now, end_reason: reason })
      .where('user_id', '=', userId)
      .where('id', '!=', except ?? '')
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .returning('id')
      .execute()
    const sessionIds = ended.map(({ id }) => id)
    const all = except === null
    if (all || sessionIds.length > 0) {
      this.#revocations.announce(tx, { userId, sessionIds: all ? 'all' : sessionIds })
    }
    return sessionIds.length
  }

  /** Of all accounts. @returns how many were alive. */
  async endEverybody(
    tx: OpenTransaction,
    { except, reason }: { readonly except: string | null; readonly reason: EndReason },
  ): Promise<number> {
    const now = this.#clock.now().toISOString()
    const ended = await this.#tables
      .within(tx)
      .db.updateTable('sessions')
      .set({ ended_at: now, end_reason: reason })
      .where('id', '!=', except ?? '')
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .returning(['id', 'user_id'])
      .execute()
    for (const [userId, own] of Map.groupBy(ended, (row) => row.user_id)) {
      this.#revocations.announce(tx, { userId, sessionIds: own.map(({ id }) => id) })
    }
    return ended.length
  }

  async #renewWithin(tx: OpenTransaction, token: RefreshToken, client: Client): Promise<Renewal> {
    const { sessionId, generation } = token
    /* SQLite has one writer; nodes on PostgreSQL take turns by the row. */
    const lock = tx.session.dialect === 'postgres' ? ' for update of s' : ''
    const [row] = await tx.session.all(SESSION + lock, [sessionId])
    const state = row && this.#state(sessionId, row)
    const now = this.#clock.now()
    if (!state?.isAlive) return { kind: 'invalid' }
    const { actor } = state
    if (now.getTime() - state.rotatedMs > idleMs(actor.role)) return { kind: 'invalid' }
    if (generation === state.generation) {
      await tx.session.run(RENEW, [
        generation + 1,
        now.toISOString(),
        client.ip,
        client.userAgent.slice(0, MAX_USER_AGENT),
        sessionId,
      ])
      return { kind: 'renewed', session: this.#opened(actor, generation + 1, state.endsAt) }
    }
    const isPrevious = generation === state.generation - 1
    if (isPrevious && now.getTime() - state.rotatedMs <= GRACE_MS) {
      return { kind: 'renewed', session: this.#opened(actor, state.generation, state.endsAt) }
    }
    /* One from the future was written before the database was restored from a backup. */
    if (generation > state.generation) return { kind: 'invalid' }
    await this.endWithin(tx, { sessionId }, 'refresh-reuse')
    await this.#notices.tell(tx, actor.id, { kind: 'token-reused' })
    return { kind: 'reused', userId: actor.id, sessionId }
  }

  #state(sessionId: string, row: Row): SessionState {
    const isCurrent = row['session_epoch'] === row['epoch'] && row['status'] === 'active'
    const endsAt = String(row['expires_at'])
    const isOpen = row['ended_at'] === null && endsAt > this.#clock.now().toISOString()
    return {
      actor: {
        id: String(row['user_id']),
        username: String(row['username']),
        role: row['role'] as Role,
        sessionId,
      },
      generation: Number(row['generation']),
      rotatedMs: Date.parse(String(row['rotated_at'])),
      endsAt,
      isAlive: isCurrent && isOpen,
    }
  }

  #opened(actor: Actor, generation: number, endsAt: string): OpenSession {
    const token = { sessionId: actor.sessionId, generation }
    return { actor, refreshToken: writeRefreshToken(token, this.#refreshKey), endsAt }
  }
}
