/** What both databases store and bind: SQLite has no others, and PostgreSQL needs no others. */
export type Value = string | number | bigint | null | Uint8Array

export type Dialect = 'sqlite' | 'postgres'

export type Row = Record<string, Value>

/**
 * One database connection. SQLite answers at once, PostgreSQL later, so every result may be a
 * promise; `await` costs the synchronous one a microtask.
 *
 * SQL is written with `?` placeholders for both dialects and never contains user input.
 */
export interface Session {
  readonly dialect: Dialect
  all(sql: string, parameters?: readonly Value[]): Row[] | Promise<Row[]>
  run(sql: string, parameters?: readonly Value[]): Changes | Promise<Changes>
  exec(sql: string): void | Promise<void>
}

export interface Changes {
  /** Rows inserted, updated or deleted. */
  readonly changes: number
}

/** A reader for everything outside a transaction and the one writer. */
export interface Connections {
  readonly dialect: Dialect
  readonly reader: Session
  readonly writer: Session
  /** Writes a consistent copy to a new file; absent where the database has its own tools. */
  readonly backup?: (path: string) => Promise<void>
  /** The file of an embedded database, which others may read while it is in use. */
  readonly file?: string
  /** Reads everything as of one moment, without keeping writers waiting. Absent on SQLite. */
  readonly snapshot?: <R>(read: (session: Session) => Promise<R>) => Promise<R>
  /**
   * Whether no other station uses this database; if so, none can begin to until it is closed.
   * Absent on SQLite, see `holdSqlite`.
   */
  readonly alone?: () => Promise<boolean>
  /**
   * Rewrites the file without what was deleted, outside every transaction. Absent where the
   * database does so itself. @returns false when another process kept old pages in use.
   */
  readonly compact?: () => boolean
  close(): Promise<void>
}
