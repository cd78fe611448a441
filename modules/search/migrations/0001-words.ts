import { sql } from 'kysely'
import type { MigrationContext } from '#core'

/** Which word stands where. */
export async function up({ db, dialect }: MigrationContext): Promise<void> {
  const isSqlite = dialect === 'sqlite'
  /* Another collation than by bytes cannot answer which words begin with something. */
  const bytewise = isSqlite ? ('text' as const) : sql<string>`text collate "C"`
  await db.schema
    .createTable('search_words')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('stem', bytewise, (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('weight', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('search_words_key', ['kind', 'stem', 'subject'])
    .modifyEnd(isSqlite ? sql`without rowid` : sql``)
    .execute()
  await db.schema
    .createIndex('search_words_subject')
    .on('search_words')
    .columns(['subject', 'kind'])
    .execute()
  await db.schema.createIndex('search_words_owner').on('search_words').column('owner').execute()
}
