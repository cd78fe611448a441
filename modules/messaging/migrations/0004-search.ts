import { type Kysely, sql } from 'kysely'
import type { MigrationContext } from '#core'
import { indexMessages } from '../search/word-index.ts'
import type { MessageTable, MessagingTables } from '../tables.ts'

const BATCH = 500

/** Which words are said where, and all that has been said until now. */
export async function up(context: MigrationContext): Promise<void> {
  await createIndex(context)
  await fill(context)
}

async function createIndex({ db, dialect }: MigrationContext): Promise<void> {
  const isSqlite = dialect === 'sqlite'
  /* Another collation than by bytes cannot answer which words begin with something. */
  const bytewise = isSqlite ? ('text' as const) : sql<string>`text collate "C"`
  const noRowid = isSqlite ? sql`without rowid` : sql``
  await db.schema
    .createTable('messaging_words')
    .addColumn('chat_id', 'text', (column) =>
      column.notNull().references('messaging_chats.id').onDelete('cascade'),
    )
    .addColumn('word', bytewise, (column) => column.notNull())
    .addColumn('stem', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_words_key', ['chat_id', 'word'])
    .modifyEnd(noRowid)
    .execute()
  await db.schema
    .createIndex('messaging_words_stem')
    .on('messaging_words')
    .columns(['stem', 'chat_id', 'number'])
    .execute()
  await db.schema
    .createTable('messaging_occurrences')
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('messaging_occurrences_key', ['number', 'seq'])
    .modifyEnd(noRowid)
    .execute()
}

async function fill({ db }: MigrationContext): Promise<void> {
  const tables = db as Kysely<MessagingTables>
  let from: Pick<MessageTable, 'chat_id' | 'seq'> = { chat_id: '', seq: 0 }
  for (;;) {
    const rows = await tables
      .selectFrom('messaging_messages')
      .selectAll()
      .where('deleted_ms', 'is', null)
      .where(sql<boolean>`(chat_id, seq) > (${from.chat_id}, ${from.seq})`)
      .orderBy('chat_id')
      .orderBy('seq')
      .limit(BATCH)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    await indexMessages(tables, rows)
    from = last
  }
}
