import { sql } from 'kysely'
import type { MigrationContext } from '#core'

/** Groups that keep their history from newcomers, and who does not see a message. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .alterTable('messaging_chats')
    .addColumn('history_hidden', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable('messaging_members')
    .addColumn('own_cleared_seq', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`update messaging_members set own_cleared_seq = cleared_seq`.execute(db)
  await sql`create index messaging_members_cleared on messaging_members (chat_id, cleared_seq)
    where cleared_seq > 0`.execute(db)
  await db.schema
    .createIndex('messaging_hidden_message')
    .on('messaging_hidden')
    .columns(['chat_id', 'seq'])
    .execute()
}
