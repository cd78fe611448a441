import type pg from 'pg'
import { DatabaseError } from './database-error.ts'
import type { Changes, Connections, Row, Session, Value } from './session.ts'

const INT8 = 20
const CONNECT_TIMEOUT_MS = 5_000
const READERS = 4
/** Every station on the schema holds it together with others; a restore holds it alone. */
const LOCK = `hashtext('quark station'), hashtext(current_schema())`

/**
 * Connects to PostgreSQL: one writing connection and a small pool that can only read, so that a
 * forgotten transaction fails here exactly as it does on SQLite.
 *
 * @param schema created when missing and used for every table; default `public`.
 * @throws DatabaseError `unreachable`.
 */
export async function openPostgres(url: string, schema = 'public'): Promise<Connections> {
  const { default: driver } = await import('pg')
  const settings = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser: parsersOf(driver.types) },
  }
  const path = `-c search_path=${quoted(schema)}`
  const writer = new driver.Client({ ...settings, options: path })
  try {
    await writer.connect()
    await writer.query(`create schema if not exists ${quoted(schema)}`)
    await writer.query(`select pg_advisory_lock_shared(${LOCK})`)
  } catch (error) {
    await writer.end().catch(() => undefined)
    throw new DatabaseError('unreachable', new URL(url).host, error)
  }
  const readOnly = `${path} -c default_transaction_read_only=on`
  const readers = new driver.Pool({ ...settings, options: readOnly, max: READERS })
  /* An idle connection that breaks is replaced by the pool; the query that meets it reports it. */
  readers.on('error', () => undefined)
  writer.on('error', () => undefined)
  return {
    dialect: 'postgres',
    reader: new PostgresSession(readers),
    writer: new PostgresSession(writer),
    snapshot: async (read) => {
      const client = await readers.connect()
      try {
        await client.query('begin isolation level repeatable read')
        return await read(new PostgresSession(client))
      } finally {
        await client.query('rollback')
        client.release()
      }
    },
    alone: async () => {
      const { rows } = await writer.query(`select pg_try_advisory_lock(${LOCK}) as got`)
      return (rows as { got: boolean }[])[0]?.got === true
    },
    close: async () => {
      await readers.end()
      await writer.end()
    },
  }
}

/** What a driver must do to serve as a session; PGlite fits as well as `pg`. */
export interface PostgresDriver {
  query(sql: string, parameters?: Value[]): Promise<{ rows: unknown[]; rowCount?: number | null }>
}

export class PostgresSession implements Session {
  readonly dialect = 'postgres'
  readonly #driver: PostgresDriver

  constructor(driver: PostgresDriver) {
    this.#driver = driver
  }

  async all(sql: string, parameters: readonly Value[] = []): Promise<Row[]> {
    const { rows } = await this.#driver.query(numbered(sql), [...parameters])
    return rows as Row[]
  }

  async run(sql: string, parameters: readonly Value[] = []): Promise<Changes> {
    const { rowCount } = await this.#driver.query(numbered(sql), [...parameters])
    return { changes: rowCount ?? 0 }
  }

  async exec(sql: string): Promise<void> {
    await this.#driver.query(sql)
  }
}

const numberedSql = new Map<string, string>()

/** `?` → `$1`; our SQL holds no question marks in literals. */
function numbered(sql: string): string {
  const known = numberedSql.get(sql)
  if (known !== undefined) return known
  let index = 0
  const text = sql.replaceAll('?', () => `$${++index}`)
  if (numberedSql.size < 1_000) numberedSql.set(sql, text)
  return text
}

/** Counts and sequence numbers are below 2^53; `pg` hands them out as strings. */
function parsersOf(types: typeof pg.types): typeof pg.types.getTypeParser {
  const parser = (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === INT8
      ? Number
      : format === 'binary'
        ? types.getTypeParser(oid, format)
        : types.getTypeParser(oid)
  return parser as typeof pg.types.getTypeParser
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
