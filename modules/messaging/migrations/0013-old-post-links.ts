import { sql } from 'kysely'
import type { MigrationContext } from '#core'

/**
 * Messages that show a post of which nobody has noted which one: '' until the blog has been asked.
 * They are those from before links were noted, and all cards that were passed on.
 */
export async function up({ db }: MigrationContext): Promise<void> {
  await sql`insert into messaging_post_links (chat_id, seq, post_id)
    select m.chat_id, m.seq, '' from messaging_messages m
    where m.deleted_ms is null
      and (m.preview like '%"url":"/%' or (m.kind = 'post' and m.forward is not null))
    on conflict do nothing`.execute(db)
}
