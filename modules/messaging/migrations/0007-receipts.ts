import { sql } from 'kysely'
import type { MigrationContext } from '#core'

/** Who has read farthest in a chat, from what is known of its members. */
export async function up({ db }: MigrationContext): Promise<void> {
  for (const name of ['top_read_seq', 'second_read_seq']) {
    await db.schema
      .alterTable('messaging_chats')
      .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
  }
  await db.schema.alterTable('messaging_chats').addColumn('top_reader', 'text').execute()
  /* Whoever comes later begins at the newest message, and has not read it. */
  const read = sql`select max(m.read_seq) from messaging_members m
    where m.chat_id = messaging_chats.id and m.read_seq > m.joined_seq`
  await sql`update messaging_chats set top_read_seq = coalesce((${read}), 0)`.execute(db)
  await sql`update messaging_chats set top_reader = (
    select min(m.user_id) from messaging_members m where m.chat_id = messaging_chats.id
      and m.read_seq > m.joined_seq and m.read_seq = messaging_chats.top_read_seq)`.execute(db)
  await sql`update messaging_chats set second_read_seq = coalesce((
    ${read} and m.user_id <> messaging_chats.top_reader), 0)`.execute(db)
}
