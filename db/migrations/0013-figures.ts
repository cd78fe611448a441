import { sql } from 'kysely'
import type { MigrationContext } from '../migrator.ts'

/** Counts over time for the dashboard, and what makes a search among many people quick. */
export async function up(context: MigrationContext): Promise<void> {
  const { db } = context
  await db.schema
    .createTable('figures')
    /* `event:message.sent`, `people`, `http.errors` */
    .addColumn('name', 'text', (column) => column.notNull())
    /* ISO 8601 in UTC, cut to the minute or the hour: `2026-11-29T14:05`, `2026-11-29T14`. */
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('figures_key', ['name', 'at'])
    .execute()
  await db.schema.createIndex('figures_at').on('figures').column('at').execute()
  /* How far the event log has been counted; one row, `events`. */
  await db.schema
    .createTable('figure_marks')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('sessions_rotated').on('sessions').column('rotated_at').execute()
  await db.schema
    .createIndex('identities_status')
    .on('identities')
    .columns(['status', 'id'])
    .execute()
  if (context.dialect === 'postgres') await prefixSearch(context)
}

/** Another collation than by bytes cannot answer which names begin with something. */
async function prefixSearch({ db }: MigrationContext): Promise<void> {
  await sql`create index identities_username_prefix on identities (username collate "C")`.execute(
    db,
  )
  await sql`create index identities_email_prefix on identities (email collate "C")`.execute(db)
}
