import { type Kysely, sql } from 'kysely'
import type { MigrationContext } from '#core'
import { indexShared } from '../search/shared-index.ts'
import type { MessageTable, MessagingTables } from '../tables.ts'

const BATCH = 500

/** Which messages brought something, and all that was brought until now. */
export async function up({ db, dialect }: MigrationContext): Promise<void> {
  await db.schema
    .createTable('messaging_shared')
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('messaging_chats.id').onDelete('cascade'),
    )
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_shared_key', ['chat_id', 'kind', 'seq'])
    .modifyEnd(dialect === 'sqlite' ? sql`without rowid` : sql``)
    .execute()
  await fill(db)
}

async function fill(db: Kysely<MessagingTables>): Promise<void> {
  let from: Pick<MessageTable, 'chat_id' | 'seq'> = { chat_id: '', seq: 0 }
  for (;;) {
    const rows = await db
      .selectFrom('messaging_messages')
      .select(['chat_id', 'seq', 'media', 'entities'])
      .where('deleted_ms', 'is', null)
      .where((where) =>
        where.or([where('media', 'is not', null), where('entities', 'is not', null)]),
      )
      .where(sql<boolean>`(chat_id, seq) > (${from.chat_id}, ${from.seq})`)
      .orderBy('chat_id')
      .orderBy('seq')
      .limit(BATCH)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    await indexShared(db, rows)
    from = last
  }
}
