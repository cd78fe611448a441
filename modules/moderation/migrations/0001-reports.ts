import { sql } from 'kysely'
import type { MigrationContext } from '#core'

/** What people report, and what was decided. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('moderation_reports')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('reporter_id', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('decided_at', 'text')
    .addColumn('decided_by', 'text')
    .addColumn('note', 'text', (column) => column.notNull())
    .execute()
  /* One person has one open report about one thing, however often the button is pressed. */
  await sql`create unique index moderation_reports_open
    on moderation_reports (reporter_id, subject) where state = 'open'`.execute(db)
  await db.schema
    .createIndex('moderation_reports_queue')
    .on('moderation_reports')
    .columns(['state', 'id'])
    .execute()
}
