import { type Kysely, sql } from 'kysely'
import { type MigrationContext, stemOf } from '#core'
import type { MessagingTables } from '../tables.ts'

const BATCH = 500

/** The stems of the words that are kept, as they are made now. */
export async function up({ db }: MigrationContext): Promise<void> {
  const tables = db as Kysely<MessagingTables>
  let from = { chat_id: '', word: '' }
  for (;;) {
    const rows = await tables
      .selectFrom('messaging_words')
      .select(['chat_id', 'word', 'stem'])
      .where(sql<boolean>`(chat_id, word) > (${from.chat_id}, ${from.word})`)
      .orderBy('chat_id')
      .orderBy('word')
      .limit(BATCH)
      .execute()
    for (const { chat_id: chat, word, stem } of rows) {
      if (stemOf(word) === stem) continue
      await tables
        .updateTable('messaging_words')
        .set({ stem: stemOf(word) })
        .where('chat_id', '=', chat)
        .where('word', '=', word)
        .execute()
    }
    const last = rows.at(-1)
    if (!last) return
    from = last
  }
}
