import { sql } from 'kysely'
import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Clock, Log } from '../../app.ts'
import { newId } from '../../ids.ts'
import { privacyErrors } from '../errors.ts'
import type { Eraser } from './erasure.ts'
import type { ErasureLedger } from './erasure-ledger.ts'
import type { ErasedContent } from '../index.ts'
import type { ErasureTable, PrivacyTables } from '../tables.ts'

/** Time to change one's mind. */
export const GRACE_DAYS = 30
const DAY_MS = 86_400_000
const MAX_WAITING = 200

export interface ErasureRequestParts {
  readonly database: Database
  readonly clock: Clock
  readonly eraser: Eraser
  readonly ledger: ErasureLedger
  readonly log: Log
}

/** Who wants to be erased, from the wish to its fulfilment thirty days later. */
export class ErasureRequests {
  readonly #parts: ErasureRequestParts
  readonly #scope: Scope<PrivacyTables>

  constructor(parts: ErasureRequestParts) {
    this.#parts = parts
    this.#scope = parts.database.scope('')
  }

  /**
   * Notes the wish and ends every session of the person. Asked twice, the first date holds.
   *
   * @param beside what is to be committed with a new wish, such as a letter.
   * @returns when the data are erased, ISO 8601. @throws QL_PRIVACY_OWNER_STAYS.
   */
  async request(
    userId: string,
    content: ErasedContent,
    reason: string,
    beside?: (tx: OpenTransaction, dueAt: string) => Promise<void>,
  ): Promise<string> {
    const now = this.#parts.clock.now()
    const at = now.toISOString()
    return this.#parts.database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      const [identity] = await tx.session.all('select role from identities where id = ?', [userId])
      if (identity?.['role'] === 'owner') throw privacyErrors.QL_PRIVACY_OWNER_STAYS()
      const row: ErasureTable = {
        id: newId(),
        user_id: userId,
        content,
        state: 'waiting',
        reason,
        requested_at: at,
        due_at: new Date(now.getTime() + GRACE_DAYS * DAY_MS).toISOString(),
        ended_at: null,
      }
      const inserted = await db
        .insertInto('erasure_requests')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute()
      if (inserted.length > 0) await beside?.(tx, row.due_at)
      await tx.session.run(
        `update sessions set ended_at = ?, end_reason = 'signed-out'
         where user_id = ? and ended_at is null`,
        [at, userId],
      )
      const waiting = await db
        .selectFrom('erasure_requests')
        .select('due_at')
        .where('user_id', '=', userId)
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow()
      return waiting.due_at
    })
  }

  /** A person who signs in again stays. */
  async cancel(tx: OpenTransaction, userId: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#scope
      .within(tx)
      .db.updateTable('erasure_requests')
      .set({ state: 'cancelled', ended_at: this.#parts.clock.now().toISOString() })
      .where('user_id', '=', userId)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** The person's last wish, whatever became of it. */
  last(userId: string): Promise<ErasureTable | undefined> {
    return this.#scope.reader
      .selectFrom('erasure_requests')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  }

  /** Everybody who has asked and is still here, the first due first; at most 200. */
  waiting(): Promise<ErasureTable[]> {
    return this.#scope.reader
      .selectFrom('erasure_requests')
      .selectAll()
      .where('state', '=', 'waiting')
      .orderBy('due_at')
      .limit(MAX_WAITING)
      .execute()
  }

  /**
   * Takes a wish back for its person, or fulfils it before its day.
   *
   * @returns whose wish it was; nothing when it does not wait any more.
   */
  async decide(id: string, action: 'cancel' | 'fulfil'): Promise<string | undefined> {
    const row = await this.#scope.reader
      .selectFrom('erasure_requests')
      .selectAll()
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    if (!row) return undefined
    const to = action === 'cancel' ? 'cancelled' : 'running'
    if (!(await this.#move(row, 'waiting', to))) return undefined
    if (action === 'cancel') return row.user_id
    await this.#fulfil(row)
    await this.#parts.eraser.finish()
    return row.user_id
  }

  /** Erases everybody whose time has come; one that fails is tried again the next day. */
  async fulfil(): Promise<number> {
    const { clock, eraser, log } = this.#parts
    const due = await this.#scope.reader
      .selectFrom('erasure_requests')
      .selectAll()
      .where('state', 'in', ['waiting', 'running'])
      .where('due_at', '<=', clock.now().toISOString())
      .execute()
    let erased = 0
    for (const row of due) {
      try {
        if (row.state === 'waiting' && !(await this.#move(row, 'waiting', 'running'))) continue
        await this.#fulfil(row)
        erased++
      } catch (error) {
        log.error('A person could not be erased; it is tried again', {
          request: row.id,
          error: String(error),
        })
      }
    }
    if (erased > 0) await eraser.finish()
    return erased
  }

  /** Erases now, without grace: by the operator, or a rule that leaves no choice. */
  async eraseNow(userId: string, content: ErasedContent, reason: string): Promise<void> {
    const requestedAt = this.#parts.clock.now().toISOString()
    await this.#parts.eraser.erase({ userId, content, reason, requestedAt })
    await this.#parts.eraser.finish()
  }

  /**
   * Everybody in the ledger who is here all the same has come back with a restored database, or
   * was not wholly erased when the station fell. Must end before the first request is answered.
   */
  async replay(): Promise<number> {
    const { database, ledger, eraser } = this.#parts
    let erased = 0
    for (const { userId, content, at } of ledger.entries) {
      const [row] = await database.reader.all(
        `select 1 as found from identities where id = ? and status <> 'deleted'`,
        [userId],
      )
      if (!row) continue
      const reason = 'the ledger of erasures, after a restore or an interrupted erasure'
      await eraser.erase({ userId, content, reason, requestedAt: at })
      erased++
    }
    if (erased > 0) await eraser.finish()
    return erased
  }

  async #fulfil(row: ErasureTable): Promise<void> {
    const { user_id: userId, content, reason, requested_at: requestedAt } = row
    await this.#parts.eraser.erase({ userId, content, reason, requestedAt })
    await this.#move(row, 'running', 'done')
  }

  /**
   * Whoever signs in at this very moment either cancels before, or finds no account after. The wish of
   * somebody who has been made an owner since then waits: nobody may be left to run the station.
   */
  #move(
    { id }: ErasureTable,
    from: ErasureTable['state'],
    to: ErasureTable['state'],
  ): Promise<boolean> {
    return this.#parts.database.transaction(async (tx) => {
      const { numUpdatedRows } = await this.#scope
        .within(tx)
        .db.updateTable('erasure_requests')
        .set({
          state: to,
          ended_at: to === 'running' ? null : this.#parts.clock.now().toISOString(),
        })
        .where('id', '=', id)
        .where('state', '=', from)
        .$if(to === 'running', (query) =>
          query.where(sql<boolean>`not exists (
          select 1 from identities i where i.id = erasure_requests.user_id and i.role = 'owner')`),
        )
        .executeTakeFirst()
      return numUpdatedRows > 0n
    })
  }
}
