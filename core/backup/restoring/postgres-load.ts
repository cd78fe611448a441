import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Connections, Migration, Session, Value } from '../../../db/index.ts'
import { applyMigrations } from '../../../db/index.ts'
import type { DatabaseFacts } from '../manifest.ts'
import { valuesOf } from '../table-line.ts'

/** PostgreSQL takes 65 535 values in one statement. */
const MAX_VALUES = 20_000
const MAX_ROWS = 200

export interface LoadOrder {
  readonly facts: DatabaseFacts
  /** Of the `.ndjson` files. */
  readonly folder: string
  /** The steps the backup has behind it; later ones follow at the next start. */
  readonly steps: readonly Migration[]
  readonly now: Date
  /** The present tables stay under this name of a schema; null: they are dropped with all they hold. */
  readonly keepAs: string | null
  /** In the same transaction, over the new tables. */
  readonly afterwards: (session: Session) => Promise<void>
}

/**
 * Puts a dump in the place of what the schema holds, in one transaction: all of it or nothing.
 *
 * @throws Error when a table has another number of rows than the facts say.
 */
export async function loadPostgres(connections: Connections, order: LoadOrder): Promise<void> {
  const { writer } = connections
  await writer.exec('begin')
  try {
    const [row] = await writer.all('select current_schema() as name')
    const schema = String(row?.['name'])
    await writer.exec(
      order.keepAs === null
        ? `drop schema "${schema}" cascade`
        : `alter schema "${schema}" rename to "${order.keepAs}"`,
    )
    await writer.exec(`create schema "${schema}"`)
    await applyMigrations(order.steps, writer, order.now)
    const foreignKeys = await takeForeignKeys(writer)
    for (const [table, rows] of Object.entries(order.facts.tables)) {
      const loaded = await loadTable(writer, table, join(order.folder, `${table}.ndjson`))
      if (loaded !== rows) throw new Error(`${table} has ${loaded} rows instead of ${rows}`)
    }
    for (const statement of foreignKeys) await writer.exec(statement)
    for (const [name, last] of Object.entries(order.facts.sequences)) {
      if (last > 0) await writer.all('select setval(?::regclass, ?)', [`"${name}"`, last])
    }
    await order.afterwards(writer)
    await writer.exec('commit')
  } catch (error) {
    await writer.exec('rollback')
    throw error
  }
}

/** Removes every foreign key, so that the order of tables and rows is free; answers how to set them. */
async function takeForeignKeys(session: Session): Promise<string[]> {
  const found = await session.all(
    `select c.relname as table_name, k.conname as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.contype = 'f' and k.connamespace = current_schema()::regnamespace`,
  )
  const keys = found.map((row) => ({
    table: String(row['table_name']),
    name: String(row['name']),
    definition: String(row['definition']),
  }))
  for (const { table, name } of keys) {
    await session.exec(`alter table "${table}" drop constraint "${name}"`)
  }
  return keys.map(
    ({ table, name, definition }) =>
      `alter table "${table}" add constraint "${name}" ${definition}`,
  )
}

/** @returns how many rows were put in. */
async function loadTable(session: Session, table: string, file: string): Promise<number> {
  /* Migrations may have put rows of their own there; the dump has them as they are now. */
  await session.exec(`delete from "${table}"`)
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity })
  let columns: Value[] | undefined
  let waiting: Value[][] = []
  let loaded = 0
  const flush = async (): Promise<void> => {
    if (columns && waiting.length > 0) await insert(session, table, columns, waiting)
    loaded += waiting.length
    waiting = []
  }
  for await (const line of lines) {
    const values = valuesOf(line)
    if (columns === undefined) {
      columns = values
      continue
    }
    waiting.push(values)
    if (waiting.length >= MAX_ROWS || waiting.length * columns.length >= MAX_VALUES) await flush()
  }
  await flush()
  return loaded
}

async function insert(
  session: Session,
  table: string,
  columns: readonly Value[],
  rows: readonly Value[][],
): Promise<void> {
  const names = columns.map((column) => `"${String(column)}"`).join(', ')
  const row = `(${columns.map(() => '?').join(', ')})`
  const places = rows.map(() => row).join(', ')
  await session.run(`insert into "${table}" (${names}) values ${places}`, rows.flat())
}
