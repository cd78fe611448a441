import { sql } from 'kysely'
import type { MigrationContext } from '#core'

/** What was decided and done about a thing, however many reports there were. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('moderation_decisions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('deed', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('decided_by', 'text', (column) => column.notNull())
    .addColumn('decided_at', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text')
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('excerpt', 'text', (column) => column.notNull())
    .addColumn('was_hidden', 'integer', (column) => column.notNull())
    .addColumn('deleted_at', 'text')
    .addColumn('undone_at', 'text')
    .addColumn('restored_at', 'text')
    .addColumn('restored_by', 'text')
    .addColumn('answer', 'text', (column) => column.notNull())
    .addColumn('answered_at', 'text')
    .addColumn('upheld_at', 'text')
    .addColumn('upheld_by', 'text')
    .execute()
  await db.schema.alterTable('moderation_reports').addColumn('decision_id', 'text').execute()
  for (const column of ['decision_id', 'subject']) {
    await db.schema
      .createIndex(`moderation_reports_${column}`)
      .on('moderation_reports')
      .column(column)
      .execute()
  }
  await keepDecided(db)
}

/** Each report that was decided by itself becomes a decision of its own. */
async function keepDecided(db: MigrationContext['db']): Promise<void> {
  await sql`insert into moderation_decisions (id, subject, deed, reason, words, note, decided_by,
      decided_at, title, excerpt, was_hidden, answer)
    select id, subject, case state when 'accepted' then 'acted' else 'keep' end, reason, '', note,
      decided_by, decided_at, '', '', 0, ''
    from moderation_reports where state <> 'open' and decided_by is not null`.execute(db)
  await sql`update moderation_reports set decision_id = id
    where state <> 'open' and decided_by is not null`.execute(db)
}
