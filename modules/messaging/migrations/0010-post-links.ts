import type { MigrationContext } from '#core'

/** Which messages show the card of a post they link to. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('messaging_post_links')
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('messaging_chats.id').onDelete('cascade'),
    )
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('post_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_post_links_pk', ['chat_id', 'seq'])
    .execute()
  await db.schema
    .createIndex('messaging_post_links_post')
    .on('messaging_post_links')
    .column('post_id')
    .execute()
}
