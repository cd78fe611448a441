import type { CompiledQuery, Kysely } from 'kysely'
import { DatabaseError } from './database-error.ts'
import { kyselyOver } from './kysely.ts'
import { applyMigration, type Migration, pendingMigrations } from './migrator.ts'
import type { Connections, Dialect, Session } from './session.ts'
import { ownTablesOnly } from './table-scope.ts'
import { GroupCommit, type OpenTransaction } from './transaction.ts'

/** A transaction with Kysely over one owner's tables. */
export interface Transaction<Tables> extends OpenTransaction {
  readonly db: Kysely<Tables>
}

/** The tables one owner may see: everything for the core, its own prefix for a module. */
export interface Scope<Tables> {
  /** Reads outside transactions; writing through it fails. Sees what is committed. */
  readonly reader: Kysely<Tables>
  /** Queries of an open transaction, which another owner may have begun. */
  within(transaction: OpenTransaction): Transaction<Tables>
}

/**
 * The station's database: one reader, one writer with group commit.
 *
 * Outside a transaction only reads are possible; inside one, only `tx.db` may be used. Both
 * mistakes throw a `DatabaseError` instead of deadlocking or reading stale rows.
 */
export class Database {
  readonly dialect: Dialect
  readonly #connections: Connections
  readonly #commits: GroupCommit

  constructor(connections: Connections, onHookError: (error: unknown) => void) {
    this.dialect = connections.dialect
    this.#connections = connections
    this.#commits = new GroupCommit(connections.writer, onHookError)
  }

  /** See {@link Connections.file} and {@link Connections.snapshot}. */
  get origin(): Pick<Connections, 'file' | 'snapshot'> {
    return this.#connections
  }

  /** Prepared SQL for hot reads outside transactions. */
  get reader(): Session {
    return this.#connections.reader
  }

  /** The transaction of this asynchronous context, if there is one. */
  get current(): OpenTransaction | undefined {
    return this.#commits.current
  }

  /** See {@link GroupCommit.run}. */
  transaction<R>(work: (transaction: OpenTransaction) => Promise<R> | R): Promise<R> {
    return this.#commits.run(work)
  }

  /** @param prefix `blog_` limits every query to tables whose names begin so; '' sees all. */
  scope<Tables>(prefix: string): Scope<Tables> {
    const allowed = ownTablesOnly(prefix)
    const reader = kyselyOver<Tables>(this.#connections.reader, (query) => {
      if (this.#commits.current) throw new DatabaseError('reader-in-transaction', query.sql)
      allowed(query)
    })
    const writer = kyselyOver<Tables>(this.#connections.writer, (query: CompiledQuery) => {
      if (!this.#commits.current) throw new DatabaseError('closed-transaction', query.sql)
      allowed(query)
    })
    return { reader, within: (transaction) => new ScopedTransaction(transaction, writer) }
  }

  /**
   * Does what is pending, each step in its own transaction, after a backup of a database that
   * already holds something.
   *
   * @returns the steps done, as `owner/name`.
   */
  async migrate(known: readonly Migration[], options: MigrateOptions): Promise<string[]> {
    const pending = await pendingMigrations(this.#connections.reader, known)
    if (pending.length === 0) return []
    const isFresh = pending.length === known.length
    const { writer, backup } = this.#connections
    if (!isFresh) await options.beforeChange?.(backup)
    const db = kyselyOver<unknown>(writer, () => undefined)
    for (const step of pending) {
      await this.transaction(() => applyMigration(step, writer, db, options.now()))
    }
    return pending.map((step) => `${step.owner}/${step.name}`)
  }

  pending(known: readonly Migration[]): Promise<Migration[]> {
    return pendingMigrations(this.#connections.reader, known)
  }

  /**
   * Leaves no deleted bytes in the file, its log and its free pages. Every other write waits: about
   * a second for each 100 MB. On PostgreSQL its own vacuum does it, in its own time.
   *
   * @returns false when another process kept old pages in use.
   */
  async compact(): Promise<boolean> {
    const { compact } = this.#connections
    return compact ? this.#commits.alone(compact) : true
  }

  /** Answers when every transaction begun so far has ended. */
  idle(): Promise<void> {
    return this.#commits.idle()
  }

  async close(): Promise<void> {
    await this.#commits.idle()
    await this.#connections.close()
  }
}

export interface MigrateOptions {
  now(): Date
  /** Called once before a non-empty database is changed; `backup` is absent on PostgreSQL. */
  beforeChange?(backup: Connections['backup']): Promise<void>
}

class ScopedTransaction<Tables> implements Transaction<Tables> {
  readonly db: Kysely<Tables>
  readonly #transaction: OpenTransaction

  constructor(transaction: OpenTransaction, db: Kysely<Tables>) {
    this.#transaction = transaction
    this.db = db
  }

  get session(): Session {
    return this.#transaction.session
  }

  get isOpen(): boolean {
    return this.#transaction.isOpen
  }

  onCommit(hook: () => void): void {
    this.#transaction.onCommit(hook)
  }
}
