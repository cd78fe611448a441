import type { MigrationContext } from '#core'

/** What belongs to one person in a chat: mentions, drafts, hidden messages, when they were here. */
export async function up({ db }: MigrationContext): Promise<void> {
  for (const name of ['messaging_mentions', 'messaging_hidden']) {
    await db.schema
      .createTable(name)
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('chat_id', 'text', (column) => column.notNull())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint(`${name}_key`, ['user_id', 'chat_id', 'seq'])
      .execute()
  }
  await db.schema
    .createIndex('messaging_mentions_message')
    .on('messaging_mentions')
    .columns(['chat_id', 'seq'])
    .execute()
  await db.schema
    .createTable('messaging_drafts')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('text', 'text')
    .addColumn('entities', 'text')
    .addColumn('reply_seq', 'bigint')
    .addColumn('ver', 'integer', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_drafts_key', ['user_id', 'chat_id'])
    .execute()
  await db.schema
    .createTable('messaging_presence')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .addColumn('seen_ms', 'bigint', (column) => column.notNull())
    .addColumn('shown_to', 'text', (column) => column.notNull())
    .execute()
}
