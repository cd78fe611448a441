import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import lessThan from 'semver/functions/lt.js'
import { DatabaseError } from './database-error.ts'
import type { Changes, Connections, Row, Session, Value } from './session.ts'

/** Below this version two connections checkpointing at once can corrupt a WAL database. */
const MIN_SQLITE = '3.51.3'
const BUSY_TIMEOUT_MS = 5_000
const MAX_STATEMENTS = 500
/** Of 4 KiB in the log before they go into the file, which waits for the disk twice more. */
const CHECKPOINT_PAGES = 4_000
/** Said with every transaction, so worth keeping prepared. */
const CONTROL = /^(begin|commit|savepoint|release)\b/

/**
 * Opens the embedded database: WAL, `synchronous=FULL`, one writer and one read-only reader.
 *
 * @throws DatabaseError `unwritable` when the folder or file cannot be written, `too-old` when
 * this build of SQLite has the WAL reset bug.
 */
export function openSqlite(path: string): Connections {
  const writer = open(path, false)
  const reader = open(path, true)
  return {
    dialect: 'sqlite',
    reader: new SqliteSession(reader),
    writer: new SqliteSession(writer),
    file: path,
    backup: async (target) => {
      writer.prepare('vacuum into ?').run(target)
    },
    compact: () => {
      writer.exec('vacuum')
      const [outcome] = writer.prepare('pragma wal_checkpoint(truncate)').all()
      return outcome?.['busy'] === 0
    },
    close: async () => {
      reader.close()
      writer.exec('pragma wal_checkpoint(truncate)')
      writer.close()
    },
  }
}

function open(path: string, readOnly: boolean): DatabaseSync {
  try {
    if (!readOnly) mkdirSync(dirname(path), { recursive: true })
    const raw = new DatabaseSync(path, {
      readOnly,
      allowExtension: false,
      timeout: BUSY_TIMEOUT_MS,
    })
    refuseOldBuild(raw)
    if (!readOnly) {
      raw.exec('pragma journal_mode=wal; pragma synchronous=full; pragma secure_delete=fast')
      raw.exec(`pragma wal_autocheckpoint=${CHECKPOINT_PAGES}`)
    }
    raw.exec('pragma foreign_keys=on; pragma trusted_schema=off; pragma cache_size=-16384')
    return raw
  } catch (error) {
    if (error instanceof DatabaseError) throw error
    throw new DatabaseError('unwritable', path, error)
  }
}

/** A database file that nobody else can open. */
export interface HeldSqlite {
  all(sql: string): Row[]
  release(): void
}

/**
 * Keeps everybody else from opening a database file, or answers null when somebody has it open. Its
 * log is written back into the file.
 */
export function holdSqlite(path: string): HeldSqlite | null {
  const raw = new DatabaseSync(path, { timeout: 0 })
  try {
    /* SQLite leaves the mode WAL only when no other connection exists, whichever process has it. */
    raw.exec('pragma locking_mode=exclusive')
    const [row] = raw.prepare('pragma journal_mode=delete').all()
    if (row?.['journal_mode'] !== 'delete') throw new Error('in use')
    raw.exec('begin exclusive')
  } catch {
    raw.close()
    return null
  }
  const session = new SqliteSession(raw)
  return { all: (sql) => session.all(sql), release: () => raw.close() }
}

function refuseOldBuild(raw: DatabaseSync): void {
  const version = String(raw.prepare('select sqlite_version() as v').get()?.['v'])
  if (lessThan(version, MIN_SQLITE)) throw new DatabaseError('too-old', version)
}

interface Prepared {
  readonly statement: StatementSync
  /** Names of the result's columns. */
  columns: readonly string[]
  /** The version of the schema they belong to, of `select *`: that follows its table, nothing else does. */
  schema: Value | undefined
}

/** Statements are prepared once; the cache is bounded because `in (…)` lists vary in length. */
class SqliteSession implements Session {
  readonly dialect = 'sqlite'
  readonly #raw: DatabaseSync
  readonly #statements = new Map<string, Prepared>()
  #schemaVersion: StatementSync | undefined

  constructor(raw: DatabaseSync) {
    this.#raw = raw
  }

  all(sql: string, parameters: readonly Value[] = []): Row[] {
    const prepared = this.#prepare(sql)
    const schema = prepared.schema === undefined ? undefined : this.#schema()
    const arrays = prepared.statement.all(...parameters) as unknown as Value[][]
    if (schema !== prepared.schema) {
      prepared.columns = columnsOf(prepared.statement)
      prepared.schema = schema
    }
    return rowsOf(prepared.columns, arrays)
  }

  run(sql: string, parameters: readonly Value[] = []): Changes {
    return { changes: Number(this.#prepare(sql).statement.run(...parameters).changes) }
  }

  exec(sql: string): void {
    if (CONTROL.test(sql)) this.#prepare(sql).statement.run()
    else this.#raw.exec(sql)
    if (sql.startsWith('rollback')) this.#distrustNames()
  }

  /** The version goes back as well, and the next change takes the number of the one that was undone. */
  #distrustNames(): void {
    for (const prepared of this.#statements.values()) {
      if (prepared.schema !== undefined) prepared.schema = null
    }
  }

  #schema(): Value {
    this.#schemaVersion ??= this.#raw.prepare('pragma schema_version')
    return this.#schemaVersion.get()?.['schema_version'] ?? null
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#raw.prepare(sql)
    statement.setReturnArrays(true)
    const schema = sql.includes('*') ? this.#schema() : undefined
    const prepared: Prepared = { statement, columns: columnsOf(statement), schema }
    if (this.#statements.size >= MAX_STATEMENTS) {
      const [oldest] = this.#statements.keys()
      if (oldest !== undefined) this.#statements.delete(oldest)
    }
    this.#statements.set(sql, prepared)
    return prepared
  }
}

/**
 * Objects made from arrays: those that the driver makes are hash tables to V8, so that making,
 * copying and reading them takes longer than the query itself.
 */
function rowsOf(columns: readonly string[], arrays: readonly Value[][]): Row[] {
  return arrays.map((values) => {
    const row: Row = {}
    for (let index = 0; index < columns.length; index++) {
      row[columns[index] ?? ''] = values[index] ?? null
    }
    return row
  })
}

function columnsOf(statement: StatementSync): string[] {
  return statement.columns().map(({ name }) => name)
}
