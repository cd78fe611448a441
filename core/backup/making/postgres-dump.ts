import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Row, Session } from '../../../db/index.ts'
import type { DatabaseFacts } from '../manifest.ts'
import { lineOf } from '../table-line.ts'

const ROWS_AT_ONCE = 500

export interface PostgresDump {
  readonly facts: DatabaseFacts
  /** Tables, each a file `<table>.ndjson` in the folder. */
  readonly tables: readonly string[]
}

/**
 * Writes every table as lines of JSON, in one snapshot: the session must be in a transaction of the
 * level REPEATABLE READ. The first line of a file names the columns, each other one is a row.
 *
 * @param onRows told how many rows are written.
 */
export async function dumpPostgres(
  session: Session,
  folder: string,
  onRows: (rows: number) => void,
): Promise<PostgresDump> {
  const names = await session.all(
    `select table_name as name from information_schema.tables
     where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1`,
  )
  const tables: Record<string, number> = {}
  let written = 0
  for (const { name } of names) {
    const table = String(name)
    let rows = 0
    const lines = async function* (): AsyncGenerator<string> {
      for await (const line of linesOf(session, table)) {
        yield line
        rows++
        onRows(++written)
      }
    }
    const target = createWriteStream(join(folder, `${table}.ndjson`), { mode: 0o600, flags: 'wx' })
    await pipeline(Readable.from(lines()), target)
    /* The line that names the columns is none of the rows. */
    tables[table] = rows - 1
  }
  return { facts: await factsOf(session, tables), tables: Object.keys(tables) }
}

async function* linesOf(session: Session, table: string): AsyncGenerator<string> {
  const found = await session.all(
    `select column_name as name from information_schema.columns
     where table_schema = current_schema() and table_name = ? and is_generated = 'NEVER'
     order by ordinal_position`,
    [table],
  )
  const columns = found.map(({ name }) => String(name))
  yield `${JSON.stringify(columns)}\n`
  const list = columns.map((column) => `"${column}"`).join(', ')
  await session.exec(`declare rows no scroll cursor for select ${list} from "${table}"`)
  for (;;) {
    const rows: Row[] = await session.all(`fetch ${ROWS_AT_ONCE} from rows`)
    for (const row of rows) yield lineOf(columns.map((column) => row[column] ?? null))
    if (rows.length < ROWS_AT_ONCE) break
  }
  await session.exec('close rows')
}

async function factsOf(session: Session, tables: Record<string, number>): Promise<DatabaseFacts> {
  const migrations = tables['schema_migrations']
    ? await session.all('select owner, name from schema_migrations order by 1, 2')
    : []
  const modules = tables['modules'] ? await session.all('select id, version from modules') : []
  const sequences = await session.all(
    `select sequencename as name, coalesce(last_value, 0) as last from pg_sequences
     where schemaname = current_schema()`,
  )
  return {
    dialect: 'postgres',
    migrations: migrations.map(({ owner, name }) => `${String(owner)}/${String(name)}`),
    tables,
    sequences: Object.fromEntries(sequences.map(({ name, last }) => [String(name), Number(last)])),
    modules: Object.fromEntries(modules.map(({ id, version }) => [String(id), String(version)])),
  }
}
