import type { Kysely } from 'kysely'
import { DatabaseError } from './database-error.ts'
import { kyselyOver } from './kysely.ts'
import type { Dialect, Session } from './session.ts'

/** A forward-only step. Its name is its identity: released migrations are never edited. */
export interface Migration {
  /** `core` or the id of the module that owns the tables. */
  readonly owner: string
  /** `0001-identities`; steps of one owner run in the order of their names. */
  readonly name: string
  up(context: MigrationContext): Promise<void>
}

export interface MigrationContext {
  /** Schema and data statements, inside the step's own transaction. */
  readonly db: Kysely<unknown>
  readonly dialect: Dialect
}

const JOURNAL = `create table if not exists schema_migrations (
  owner text not null, name text not null, applied_at text not null, primary key (owner, name))`

/** Names the steps still to do, oldest first. @throws DatabaseError `newer-schema`. */
export async function pendingMigrations(
  session: Session,
  known: readonly Migration[],
): Promise<Migration[]> {
  const rows = (await journalExists(session))
    ? await session.all('select owner, name from schema_migrations')
    : []
  const owners = new Set(known.map((step) => step.owner))
  const names = new Set(known.map(identity))
  const done = new Set(rows.map((row) => `${String(row['owner'])}/${String(row['name'])}`))
  const foreign = rows.find(
    (row) =>
      owners.has(String(row['owner'])) &&
      !names.has(`${String(row['owner'])}/${String(row['name'])}`),
  )
  if (foreign) {
    throw new DatabaseError(
      'newer-schema',
      `${String(foreign['owner'])}/${String(foreign['name'])}`,
    )
  }
  return known.filter((step) => !done.has(identity(step)))
}

/**
 * Does one step and journals it in the same transaction, so that a crash leaves it wholly done or
 * wholly undone. Must run inside a transaction of the writer.
 */
export async function applyMigration(
  step: Migration,
  session: Session,
  db: Kysely<unknown>,
  now: Date,
): Promise<void> {
  await session.exec(JOURNAL)
  await step.up({ db, dialect: session.dialect })
  await session.run('insert into schema_migrations (owner, name, applied_at) values (?, ?, ?)', [
    step.owner,
    step.name,
    now.toISOString(),
  ])
}

/** Does these steps in order, in the transaction the session is in. */
export async function applyMigrations(
  steps: readonly Migration[],
  session: Session,
  now: Date,
): Promise<void> {
  const db = kyselyOver<unknown>(session, () => undefined)
  for (const step of steps) await applyMigration(step, session, db, now)
}

async function journalExists(session: Session): Promise<boolean> {
  const rows = await session.all(
    session.dialect === 'sqlite'
      ? `select 1 as found from sqlite_master where type = 'table' and name = 'schema_migrations'`
      : `select 1 as found from information_schema.tables
         where table_schema = current_schema() and table_name = 'schema_migrations'`,
  )
  return rows.length > 0
}

function identity(step: Migration): string {
  return `${step.owner}/${step.name}`
}
