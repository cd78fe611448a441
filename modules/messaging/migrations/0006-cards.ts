import type { MigrationContext } from '#core'

/** Cards of posts, and one channel at most for each blog. */
export async function up({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('messaging_cards')
    .addColumn('post_id', 'text', (column) => column.primaryKey())
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('messaging_chats.id').onDelete('cascade'),
    )
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('messaging_chats_blog')
    .on('messaging_chats')
    .column('blog_of')
    .unique()
    .execute()
}
