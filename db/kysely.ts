import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect as KyselyDialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Session, Value } from './session.ts'

/** Called before every query; throws when the query must not run now or here. */
export type Guard = (query: CompiledQuery) => void

/**
 * A Kysely over one session. It begins and ends no transactions of its own: the group commit of
 * `transaction.ts` does, for both dialects alike.
 */
export function kyselyOver<Tables>(session: Session, guard: Guard): Kysely<Tables> {
  const connection = new SessionConnection(session, guard)
  const driver = new SessionDriver(connection)
  const dialect = dialectOver(session, driver)
  const executor = new SessionExecutor(dialect, connection)
  return new Kysely<Tables>({ config: { dialect }, dialect, driver, executor })
}

function dialectOver({ dialect }: Session, driver: Driver): KyselyDialect {
  return dialect === 'sqlite'
    ? {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => driver,
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      }
    : {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => driver,
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      }
}

/** There is one connection, so nothing is fetched and handed back around each query. */
class SessionExecutor extends DefaultQueryExecutor {
  readonly #connection: DatabaseConnection

  constructor(dialect: KyselyDialect, connection: DatabaseConnection) {
    super(dialect.createQueryCompiler(), dialect.createAdapter(), {
      provideConnection: (consumer) => consumer(connection),
    })
    this.#connection = connection
  }

  override executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#connection.executeQuery<R>(query)
  }
}

class SessionConnection implements DatabaseConnection {
  readonly #session: Session
  readonly #guard: Guard

  constructor(session: Session, guard: Guard) {
    this.#session = session
    this.#guard = guard
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#guard(query)
    const parameters = query.parameters as readonly Value[]
    if (readsRows(query)) {
      const rows = await this.#session.all(query.sql, parameters)
      return { rows: rows as R[], numAffectedRows: BigInt(rows.length) }
    }
    const { changes } = await this.#session.run(query.sql, parameters)
    return { rows: [], numAffectedRows: BigInt(changes) }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Pages by cursor take the place of streams')
  }
}

function readsRows({ query, sql }: CompiledQuery): boolean {
  if (query.kind === 'SelectQueryNode') return true
  if (query.kind === 'RawNode') return /^\s*(select|with|pragma)\b/i.test(sql)
  return 'returning' in query && query.returning !== undefined
}

class SessionDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(connection: DatabaseConnection) {
    this.#connection = connection
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    throw new Error('Transactions are begun by Database.transaction')
  }

  async init(): Promise<void> {}
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}
