import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { type Connections, Database, openPostgres, openSqlite } from '../../db/index.ts'
import { coreMigrations } from '../../db/migrations/index.ts'
import { MigratedFile } from './migrated-file.ts'
import { closePglite, sharedPglite } from './pglite.ts'
import { connectionsInTurn, inTurn } from './pglite-turns.ts'
import { reachablePostgres } from './postgres.ts'
import { ReusedSchemas, type SchemaPlace } from './reused-schema.ts'

export type DialectName = 'sqlite' | 'pglite' | 'postgres'

const postgresUrl = await reachablePostgres()

/** SQLite, PostgreSQL in the process, and a real one if it answers: for tests of the database itself. */
export const EVERY_DATABASE: readonly DialectName[] = chosen(
  postgresUrl === undefined ? ['sqlite', 'pglite'] : ['sqlite', 'pglite', 'postgres'],
)

/** Both dialects, for all other tests: of the two PostgreSQLs the real one, if it answers. */
export const DIALECTS: readonly DialectName[] = chosen([
  'sqlite',
  postgresUrl === undefined ? 'pglite' : 'postgres',
])

/** `QUARK_TEST_DIALECTS` names others, with commas between them. */
function chosen(usual: readonly DialectName[]): readonly DialectName[] {
  const named = process.env['QUARK_TEST_DIALECTS']
  if (!named) return usual
  const known = new Set<string>(['sqlite', 'pglite', 'postgres'] satisfies DialectName[])
  const unknown = named.split(',').find((name) => !known.has(name))
  if (unknown !== undefined) throw new Error(`QUARK_TEST_DIALECTS names no database: ${unknown}`)
  return named.split(',') as DialectName[]
}

export interface TestConnections {
  readonly connections: Connections
  /** The same database once more, for after these connections were closed. */
  readonly reopen: () => Promise<Connections>
  /** Removes what the database leaves behind; the connections are closed by who uses them. */
  readonly dispose: () => Promise<void>
}

export interface TestDatabase extends AsyncDisposable {
  readonly database: Database
  readonly connections: Connections
}

/** A fresh, empty, unmigrated database. */
export async function openTestConnections(dialect: DialectName): Promise<TestConnections> {
  switch (dialect) {
    case 'sqlite':
      return openSqliteFile()
    case 'pglite':
      return openPgliteSchema()
    case 'postgres':
      return openPostgresSchema()
  }
}

const settled = {
  pglite: new ReusedSchemas(() => pglitePlace()),
  postgres: new ReusedSchemas(async () => postgresPlace()),
}

const migratedFile = new MigratedFile()

/* Any other program that looks here would be told that it has run no tests. */
if (/\.test\.tsx?$/.test(process.argv[1] ?? '')) {
  after(async () => {
    migratedFile.remove()
    await settled.postgres.dropAll()
    await closePglite()
  })
}

/** As {@link openTestConnections}, with the tables of the core and of all modules; they are empty. */
export function openMigratedConnections(dialect: DialectName): Promise<TestConnections> {
  if (dialect !== 'sqlite') return settled[dialect].open()
  return openSqliteFile((path) => migratedFile.copyTo(path))
}

/** Without any table. */
export async function openTestDatabase(dialect: DialectName): Promise<TestDatabase> {
  return overConnections(await openTestConnections(dialect))
}

/** With the tables of the core, which the test leaves as they are. */
export async function openCoreDatabase(dialect: DialectName): Promise<TestDatabase> {
  const opened = overConnections(await openMigratedConnections(dialect))
  await opened.database.migrate(coreMigrations, { now: () => new Date() })
  return opened
}

function overConnections({ connections, dispose }: TestConnections): TestDatabase {
  const database = new Database(connections, (error) => {
    throw error
  })
  return {
    database,
    connections,
    [Symbol.asyncDispose]: async () => {
      await database.close()
      await dispose()
    },
  }
}

async function openSqliteFile(prepare?: (path: string) => Promise<void>): Promise<TestConnections> {
  const dir = await mkdtemp(join(tmpdir(), 'quark-db-'))
  const path = join(dir, 'test.db')
  await prepare?.(path)
  return {
    connections: openSqlite(path),
    reopen: async () => openSqlite(path),
    dispose: () => rm(dir, { recursive: true, force: true }),
  }
}

function freshSchema(): string {
  return `t_${randomBytes(8).toString('hex')}`
}

async function openPostgresSchema(): Promise<TestConnections> {
  const place = postgresPlace()
  return {
    connections: await place.connect(),
    reopen: () => place.connect(),
    dispose: () => place.drop(),
  }
}

function postgresPlace(): SchemaPlace {
  const url = postgresUrl
  if (url === undefined) throw new Error('No PostgreSQL answers')
  const schema = freshSchema()
  const exec = async (sql: string): Promise<void> => {
    const { default: pg } = await import('pg')
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  return {
    schema,
    exec,
    connect: async () => {
      const connections = await openPostgres(url, schema)
      /* The server does not fall in any test, and each commit would wait for its disk. */
      await connections.writer.exec('set synchronous_commit to off')
      return connections
    },
    drop: () => exec(dropping(schema)),
  }
}

function dropping(schema: string): string {
  return `drop schema if exists ${schema} cascade`
}

async function openPgliteSchema(): Promise<TestConnections> {
  const place = await pglitePlace()
  return {
    connections: await place.connect(),
    reopen: () => place.connect(),
    dispose: () => place.drop(),
  }
}

async function pglitePlace(): Promise<SchemaPlace> {
  const pglite = await sharedPglite()
  const schema = freshSchema()
  const exec = async (sql: string): Promise<void> => {
    await inTurn(() => pglite.exec(sql))
  }
  await exec(`create schema ${schema}`)
  return {
    schema,
    exec,
    connect: async () => connectionsInTurn(pglite, schema),
    drop: () => exec(dropping(schema)),
  }
}
