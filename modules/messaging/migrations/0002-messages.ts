import type { MigrationContext } from '#core'

type Db = MigrationContext['db']

/** The log: messages, what happened in each chat, and what hangs on a message. */
export async function up({ db }: MigrationContext): Promise<void> {
  await createMessages(db)
  await createEvents(db)
  await createMarks(db)
  await db.schema
    .createTable('messaging_attachments')
    .addColumn('media_id', 'text', (column) => column.notNull())
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_attachments_key', ['media_id', 'chat_id', 'seq'])
    .execute()
  await db.schema
    .createTable('messaging_revisions')
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('ver', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('entities', 'text')
    .addColumn('until_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_revisions_key', ['chat_id', 'seq', 'ver'])
    .execute()
}

async function createMessages(db: Db): Promise<void> {
  await db.schema
    .createTable('messaging_messages')
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('messaging_chats.id').onDelete('cascade'),
    )
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('sender_id', 'text')
    .addColumn('cid', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('edited_ms', 'bigint')
    .addColumn('ver', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('entities', 'text')
    .addColumn('media', 'text')
    .addColumn('reply', 'text')
    .addColumn('forward', 'text')
    .addColumn('preview', 'text')
    .addColumn('service', 'text')
    .addColumn('post', 'text')
    .addColumn('views', 'integer', (column) => column.notNull())
    .addColumn('deleted_ms', 'bigint')
    .addPrimaryKeyConstraint('messaging_messages_key', ['chat_id', 'seq'])
    /* For ever: a repetition after a year is still the same message. */
    .addUniqueConstraint('messaging_messages_cid', ['sender_id', 'cid'])
    .execute()
  await db.schema
    .createIndex('messaging_messages_at')
    .on('messaging_messages')
    .columns(['chat_id', 'at_ms'])
    .execute()
}

async function createEvents(db: Db): Promise<void> {
  await db.schema
    .createTable('messaging_events')
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('messaging_chats.id').onDelete('cascade'),
    )
    .addColumn('ev', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint')
    .addColumn('actor_id', 'text')
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('data', 'text')
    .addPrimaryKeyConstraint('messaging_events_key', ['chat_id', 'ev'])
    .execute()
}

async function createMarks(db: Db): Promise<void> {
  await db.schema
    .createTable('messaging_reactions')
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('emoji', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_reactions_key', ['chat_id', 'seq', 'user_id'])
    .execute()
  await db.schema
    .createIndex('messaging_reactions_user')
    .on('messaging_reactions')
    .column('user_id')
    .execute()
  await db.schema
    .createTable('messaging_pins')
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_pins_key', ['chat_id', 'seq'])
    .execute()
  await db.schema
    .createTable('messaging_views')
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_views_key', ['chat_id', 'seq', 'user_id'])
    .execute()
}
