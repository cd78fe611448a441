import type { MigrationContext } from '#core'

/** Messages that moderators may be shown, each as it was when somebody wanted to report it. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('messaging_reported')
    .addColumn('token', 'text', (column) => column.primaryKey())
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('messaging_chats.id').onDelete('cascade'),
    )
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('ver', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('messaging_reported_ver', ['chat_id', 'seq', 'ver'])
    .execute()
}
