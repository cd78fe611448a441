import { releasePictures } from '../messages/deleting.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import { makeUnfindable } from '../search/findable.ts'
import type { ChatTable, MessageTable } from '../tables.ts'

const BATCH = 100
/** Whatever hangs on a chat or on its messages; the chat itself goes last. */
const OF_CHATS = [
  'messaging_reactions',
  'messaging_mentions',
  'messaging_drafts',
  'messaging_pins',
  'messaging_hidden',
  'messaging_revisions',
  'messaging_reported',
  'messaging_invites',
  'messaging_attachments',
  'messaging_words',
  'messaging_shared',
  'messaging_views',
  'messaging_cards',
  'messaging_post_links',
  'messaging_events',
  'messaging_members',
] as const

/** Chats that were deleted for everybody are gone from the database within the hour. */
export function wipeDeletedChats(room: Room): void {
  room.app.job('wipe-deleted', '23 * * * *', () => wipeDeleted(room))
}

/** Now. Cut off at any moment it goes on where it was. */
export async function wipeDeleted(room: Room): Promise<void> {
  for (;;) {
    const [chat] = await select<ChatTable>(
      room.db.reader,
      'select * from messaging_chats where deleted_ms is not null order by deleted_ms, id limit 1',
      [],
    )
    if (!chat) return
    await wipe(room, chat)
  }
}

async function wipe(room: Room, { id, photo_id: photo }: ChatTable): Promise<void> {
  for (;;) {
    const rows = await select<MessageTable>(
      room.db.reader,
      `select * from messaging_messages where chat_id = ? order by seq limit ${BATCH}`,
      [id],
    )
    if (rows.length === 0) break
    /* Before the rows, which say what to release. Nobody is shown anything of the chat any more. */
    await releasePictures(room, rows)
    await room.db.transaction(async (tx) => {
      await makeUnfindable(tx.db, rows)
      await tx.db
        .deleteFrom('messaging_messages')
        .where('chat_id', '=', id)
        .where(
          'seq',
          'in',
          rows.map(({ seq }) => seq),
        )
        .execute()
    })
  }
  if (photo !== null) await room.app.media.release(`chat/${id}`, [photo])
  await room.db.transaction(async (tx) => {
    for (const table of OF_CHATS) {
      await tx.db.deleteFrom(table).where('chat_id', '=', id).execute()
    }
    await tx.db.deleteFrom('messaging_chats').where('id', '=', id).execute()
  })
}
