import { type Connections, Database, type Session } from '../../db/index.ts'
import type { TestConnections } from './databases.ts'
import { migrateAll } from './whole-schema.ts'

/** Where a schema lies; how it is reached, asked from outside, and removed. */
export interface SchemaPlace {
  readonly schema: string
  connect(): Promise<Connections>
  /** Statements without parameters, by somebody who may do everything. */
  exec(sql: string): Promise<void>
  drop(): Promise<void>
}

interface Settled {
  readonly place: SchemaPlace
  readonly emptying: string
}

/**
 * Schemas of the whole project that were migrated once in this process. Sixty tables take most of
 * the time of a small test on PostgreSQL, so the next test gets them emptied instead of made anew.
 */
export class ReusedSchemas {
  readonly #make: () => Promise<SchemaPlace>
  readonly #idle: Settled[] = []

  constructor(make: () => Promise<SchemaPlace>) {
    this.#make = make
  }

  async open(): Promise<TestConnections> {
    const settled = this.#idle.pop() ?? (await settle(await this.#make()))
    return {
      connections: await settled.place.connect(),
      reopen: () => settled.place.connect(),
      dispose: async () => {
        await settled.place.exec(settled.emptying)
        this.#idle.push(settled)
      },
    }
  }

  async dropAll(): Promise<void> {
    for (const { place } of this.#idle.splice(0)) await place.drop()
  }
}

async function settle(place: SchemaPlace): Promise<Settled> {
  const connections = await place.connect()
  const database = new Database(connections, (error) => {
    throw error
  })
  await migrateAll(database)
  const emptying = await emptyingOf(connections.reader, place.schema)
  await database.close()
  return { place, emptying }
}

/** Back to what the migrations left: triggers that guard rows, and references, look away meanwhile. */
async function emptyingOf(session: Session, schema: string): Promise<string> {
  const tables = await session.all(
    `select table_name as name from information_schema.tables
     where table_schema = ? and table_name <> 'schema_migrations'`,
    [schema],
  )
  const sequences = await session.all(
    'select sequencename as name from pg_sequences where schemaname = ?',
    [schema],
  )
  const statements = [`set search_path to ${schema}`, 'set session_replication_role = replica']
  for (const { name } of tables) {
    const table = String(name)
    const [{ rows = null } = {}] = await session.all(
      `select json_agg(t)::text as rows from ${table} t`,
    )
    statements.push(`delete from ${table}`)
    if (rows !== null) {
      statements.push(
        `insert into ${table} select * from json_populate_recordset(null::${table}, $rows$${String(rows)}$rows$)`,
      )
    }
  }
  for (const { name } of sequences) statements.push(`alter sequence ${String(name)} restart`)
  return [...statements, 'set session_replication_role = origin', ''].join(';\n')
}
