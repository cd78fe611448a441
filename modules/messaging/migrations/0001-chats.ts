import type { MigrationContext } from '#core'

type Db = MigrationContext['db']

/** Chats, who is in them, and how people come in. */
export async function up({ db }: MigrationContext): Promise<void> {
  await createChats(db)
  await createMembers(db)
  await db.schema
    .createTable('messaging_invites')
    .addColumn('token', 'text', (column) => column.primaryKey())
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('messaging_chats.id').onDelete('cascade'),
    )
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('expires_ms', 'bigint')
    .addColumn('max_uses', 'integer')
    .addColumn('uses', 'integer', (column) => column.notNull())
    .addColumn('approval', 'integer', (column) => column.notNull())
    .addColumn('revoked_ms', 'bigint')
    .execute()
  await db.schema
    .createIndex('messaging_invites_chat')
    .on('messaging_invites')
    .column('chat_id')
    .execute()
}

async function createChats(db: Db): Promise<void> {
  await db.schema
    .createTable('messaging_chats')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.unique())
    .addColumn('photo_id', 'text')
    .addColumn('pair_key', 'text', (column) => column.unique())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('ev', 'bigint', (column) => column.notNull())
    .addColumn('last_ms', 'bigint', (column) => column.notNull())
    .addColumn('members', 'integer', (column) => column.notNull())
    .addColumn('fanout', 'text', (column) => column.notNull())
    .addColumn('permissions', 'text', (column) => column.notNull())
    .addColumn('slow_s', 'integer', (column) => column.notNull())
    .addColumn('blog_of', 'text')
    .addColumn('created_by', 'text')
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('deleted_ms', 'bigint')
    .execute()
}

async function createMembers(db: Db): Promise<void> {
  await db.schema
    .createTable('messaging_members')
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('messaging_chats.id').onDelete('cascade'),
    )
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('is_banned', 'integer', (column) => column.notNull())
    .addColumn('rights', 'text')
    .addColumn('joined_ms', 'bigint', (column) => column.notNull())
    .addColumn('joined_seq', 'bigint', (column) => column.notNull())
    .addColumn('read_seq', 'bigint', (column) => column.notNull())
    .addColumn('unread', 'integer', (column) => column.notNull())
    .addColumn('mentions', 'integer', (column) => column.notNull())
    .addColumn('marked_unread', 'integer', (column) => column.notNull())
    .addColumn('muted_ms', 'bigint')
    .addColumn('archived', 'integer', (column) => column.notNull())
    .addColumn('pin_pos', 'integer')
    .addColumn('cleared_seq', 'bigint', (column) => column.notNull())
    .addColumn('is_hidden', 'integer', (column) => column.notNull())
    .addColumn('sent_ms', 'bigint')
    .addColumn('told_seq', 'bigint', (column) => column.notNull())
    .addColumn('told_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_members_key', ['chat_id', 'user_id'])
    .execute()
  await db.schema
    .createIndex('messaging_members_user')
    .on('messaging_members')
    .columns(['user_id', 'state'])
    .execute()
}
