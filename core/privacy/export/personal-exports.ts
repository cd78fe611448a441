import { AsyncLocalStorage } from 'node:async_hooks'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { Database, OpenTransaction, Scope } from '../../../db/index.ts'
import type { Log } from '../../app.ts'
import type { Locale } from '../../port/requests.ts'
import type { StationAuth } from '../../auth/index.ts'
import { newId } from '../../ids.ts'
import { ExportRun, type ExportRunParts } from './export-run.ts'
import { ExportsFolder } from './exports-folder.ts'
import type { ExportTable, PrivacyTables } from '../tables.ts'

const DAY_MS = 86_400_000
/** How long a finished archive can be fetched. */
export const EXPORT_DAYS = 7
/** One that was interrupted longer ago is not begun again. */
const RESUMED_MS = 3_600_000
/** Telling how far it is costs a commit. */
const TOLD_EVERY_MS = 500
const MAX_LISTED = 20

export interface PersonalExportParts extends ExportRunParts {
  readonly database: Database
  readonly auth: Pick<StationAuth, 'identityOf'>
  readonly log: Log
  readonly dataDir: string
  /** Tells the person beside the change that ends a run. */
  readonly announce: (tx: OpenTransaction, row: ExportTable) => Promise<void>
}

/** A finished archive, ready to be sent. */
export interface ExportFile {
  readonly bytes: number
  readonly name: string
  open(): Readable
}

/**
 * Archives of what the station keeps of people. One runs at a time, in slices beside everything
 * else; one that a crash has interrupted is begun again at the next start.
 */
export class PersonalExports {
  readonly #parts: PersonalExportParts
  readonly #scope: Scope<PrivacyTables>
  readonly #folder: ExportsFolder
  readonly #running = new Map<string, AbortController>()
  readonly #inOwnContext = AsyncLocalStorage.snapshot()
  #queue: Promise<void> = Promise.resolve()
  #isStopping = false

  constructor(parts: PersonalExportParts) {
    this.#parts = parts
    this.#scope = parts.database.scope('')
    this.#folder = new ExportsFolder(parts.dataDir)
  }

  /** Begins an archive; while the person has one running, it is that one. */
  async request(userId: string, locale: Locale): Promise<ExportTable> {
    const created_at = this.#parts.clock.now().toISOString()
    const row: ExportTable = {
      id: newId(),
      user_id: userId,
      locale,
      state: 'running',
      percent: 0,
      bytes: 0,
      created_at,
      expires_at: null,
    }
    await this.#folder.claim(row.id)
    const begun = await this.#parts.database.transaction(async (tx) => {
      const { db } = this.#scope.within(tx)
      await db
        .insertInto('personal_exports')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return db
        .selectFrom('personal_exports')
        .selectAll()
        .where('user_id', '=', userId)
        .where('state', '=', 'running')
        .executeTakeFirstOrThrow()
    })
    if (begun.id === row.id) this.#enqueue(begun)
    else await this.#folder.remove(row.id)
    return begun
  }

  /** The newest first. */
  list(userId: string): Promise<ExportTable[]> {
    return this.#scope.reader
      .selectFrom('personal_exports')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('id', 'desc')
      .limit(MAX_LISTED)
      .execute()
  }

  /** How many are being made or can be fetched, of everybody. */
  async count(): Promise<number> {
    const [row] = await this.#parts.database.reader.all(
      `select count(*) as count from personal_exports where state in ('running', 'ready')`,
    )
    return Number(row?.['count'])
  }

  /** Only the person's own. */
  find(userId: string, id: string): Promise<ExportTable | undefined> {
    return this.#scope.reader
      .selectFrom('personal_exports')
      .selectAll()
      .where('user_id', '=', userId)
      .where('id', '=', id)
      .executeTakeFirst()
  }

  /** The archive itself; nothing when its time is over, or it lies on another machine. */
  async file(row: ExportTable): Promise<ExportFile | undefined> {
    const now = this.#parts.clock.now().toISOString()
    if (row.state !== 'ready' || (row.expires_at ?? '') <= now) return undefined
    const { file } = this.#folder.place(row.id)
    const facts = await stat(file).catch(() => undefined)
    if (!facts) return undefined
    const name = `quark-${row.created_at.slice(0, 10)}.zip`
    return { bytes: facts.size, name, open: () => createReadStream(file) }
  }

  /** @returns false when it is not running any more. */
  async cancel(userId: string, id: string): Promise<boolean> {
    const isCancelled = await this.#parts.database.transaction(async (tx) => {
      const { numUpdatedRows } = await this.#scope
        .within(tx)
        .db.updateTable('personal_exports')
        .set({ state: 'cancelled' })
        .where('user_id', '=', userId)
        .where('id', '=', id)
        .where('state', '=', 'running')
        .executeTakeFirst()
      return numUpdatedRows > 0n
    })
    if (!isCancelled) return false
    this.#running.get(id)?.abort()
    await this.#folder.remove(id)
    return true
  }

  /** Goes on with what this station had begun when it fell. */
  async start(): Promise<void> {
    const rows = await this.#scope.reader
      .selectFrom('personal_exports')
      .selectAll()
      .where('state', '=', 'running')
      .orderBy('id')
      .execute()
    const oldest = new Date(this.#parts.clock.now().getTime() - RESUMED_MS).toISOString()
    for (const row of rows) {
      if (row.created_at < oldest) await this.#end(row, 'failed')
      else if (this.#folder.isBegun(row.id)) this.#enqueue(row)
    }
  }

  /** Removes archives whose time is over, and files that belong to none. @returns how many. */
  async expire(): Promise<number> {
    const now = this.#parts.clock.now().toISOString()
    const gone = await this.#parts.database.transaction(({ session }) =>
      session.all(
        `update personal_exports set state = 'expired'
         where state = 'ready' and expires_at <= ? returning id`,
        [now],
      ),
    )
    for (const { id } of gone) await this.#folder.remove(String(id))
    for (const id of await this.#folder.ids()) {
      const [row] = await this.#parts.database.reader.all(
        `select 1 as found from personal_exports where id = ? and state in ('running', 'ready')`,
        [id],
      )
      if (!row) await this.#folder.remove(id)
    }
    return gone.length
  }

  /** Ends what runs for a person and removes every archive of theirs. @returns how many. */
  async erase(userId: string): Promise<number> {
    const gone = await this.#parts.database.transaction((tx) =>
      this.#scope
        .within(tx)
        .db.deleteFrom('personal_exports')
        .where('user_id', '=', userId)
        .returning('id')
        .execute(),
    )
    for (const { id } of gone) {
      this.#running.get(id)?.abort()
      await this.#folder.remove(id)
    }
    return gone.length
  }

  /** Answers when nothing runs. */
  async settle(): Promise<void> {
    let seen
    do {
      seen = this.#queue
      await seen
    } while (seen !== this.#queue)
  }

  /** What runs is begun again at the next start. */
  async stop(): Promise<void> {
    this.#isStopping = true
    for (const controller of this.#running.values()) controller.abort()
    await this.settle()
  }

  #enqueue(row: ExportTable): void {
    const controller = new AbortController()
    const before = this.#queue
    this.#running.set(row.id, controller)
    this.#queue = this.#inOwnContext(async () => {
      await before
      try {
        await this.#run(row, controller.signal)
      } catch (error) {
        await this.#onFailure(row, controller.signal, error)
      } finally {
        this.#running.delete(row.id)
      }
    })
  }

  async #run(row: ExportTable, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const account = await this.#parts.auth.identityOf(row.user_id)
    if (!account) throw new Error('The account is gone')
    let toldAt = 0
    const tell = async (percent: number): Promise<void> => {
      if (Date.now() - toldAt < TOLD_EVERY_MS) return
      toldAt = Date.now()
      if (!(await this.#note(row.id, percent))) throw new Error('Cancelled elsewhere')
    }
    const place = this.#folder.place(row.id)
    const run = new ExportRun(this.#parts, row, account.username, signal, tell)
    const bytes = await run.write(place)
    await this.#end(row, 'ready', bytes)
  }

  async #onFailure(row: ExportTable, signal: AbortSignal, error: unknown): Promise<void> {
    if (this.#isStopping) return
    if (!signal.aborted) {
      this.#parts.log.error('An archive of personal data could not be made', {
        export: row.id,
        error: String(error),
      })
    }
    await this.#end(row, 'failed').catch(() => undefined)
  }

  /** False when it is not to go on. */
  async #note(id: string, percent: number): Promise<boolean> {
    return this.#parts.database.transaction(async ({ session }) => {
      const { changes } = await session.run(
        `update personal_exports set percent = ? where id = ? and state = 'running'`,
        [percent, id],
      )
      return changes > 0
    })
  }

  async #end(row: ExportTable, state: 'ready' | 'failed', bytes = 0): Promise<void> {
    const { clock, database, announce } = this.#parts
    const ended: ExportTable = {
      ...row,
      state,
      bytes,
      percent: state === 'ready' ? 100 : row.percent,
      expires_at: new Date(clock.now().getTime() + EXPORT_DAYS * DAY_MS).toISOString(),
    }
    const isEnded = await database.transaction(async (tx) => {
      const { percent, expires_at } = ended
      const { numUpdatedRows } = await this.#scope
        .within(tx)
        .db.updateTable('personal_exports')
        .set({ state, bytes, percent, expires_at })
        .where('id', '=', row.id)
        .where('state', '=', 'running')
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return false
      await announce(tx, ended)
      return true
    })
    if (!isEnded || state === 'failed') await this.#folder.remove(row.id)
  }
}
