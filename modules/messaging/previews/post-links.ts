import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { MessageTable, PostLinkTable, Tx } from '../tables.ts'
import { type LinkedPost, postPage } from './found-page.ts'
import { messageAt, TAKEN_AWAY, writePreview } from './shown-preview.ts'

/** Remembers which post a message shows by its link; none where it shows no post any more. */
export async function noteLink(
  { db }: Tx,
  { chat_id, seq }: MessageTable,
  postId: string | undefined,
): Promise<void> {
  await db
    .deleteFrom('messaging_post_links')
    .where('chat_id', '=', chat_id)
    .where('seq', '=', seq)
    .execute()
  if (postId === undefined) return
  await db.insertInto('messaging_post_links').values({ chat_id, seq, post_id: postId }).execute()
}

/**
 * Cards under links say what the post says now, and go while nobody else may read it: null. Done
 * twice it changes nothing. A card that somebody took away stays away.
 */
export async function followLinks(
  room: Room,
  postId: string,
  post: LinkedPost | null,
): Promise<void> {
  const links = await select<PostLinkTable>(
    room.db.reader,
    'select * from messaging_post_links where post_id = ? order by chat_id, seq',
    [postId],
  )
  if (post && room.app.settings['linkPreviews'] === false) return
  const shown = post && postPage(room, post)
  for (const { chat_id: chatId, seq } of links) {
    await room.db.transaction(async (tx) => {
      const row = await messageAt(tx.db, { chatId, seq })
      if (row && row.preview !== TAKEN_AWAY) await writePreview(tx, room, row, shown)
    })
  }
}
