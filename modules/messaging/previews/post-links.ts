import { select } from '../messages/prepared.ts'
import { retouch } from '../messages/retouching.ts'
import type { Room } from '../room.ts'
import type { PostCard } from '../schema.ts'
import type { MessageTable, PostLinkTable, Tx } from '../tables.ts'
import { cardOf, type NamedPost, postAt, postPage } from './found-page.ts'
import { linkIn, shownAt, TAKEN_AWAY, writePreview } from './shown-preview.ts'

/** Remembers which post a message shows by its link; none where it shows no post any more. */
export async function noteLink(
  { db }: Tx,
  { chat_id, seq }: Pick<MessageTable, 'chat_id' | 'seq'>,
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
 * Cards under links, and those that were passed on, say what the post says now, and are empty while
 * nobody else may read it: null. Done twice it changes nothing. A card that somebody took away stays
 * away.
 */
export async function followLinks(
  room: Room,
  postId: string,
  post: NamedPost | null,
): Promise<void> {
  const links = await select<PostLinkTable>(
    room.db.reader,
    'select * from messaging_post_links where post_id = ? order by chat_id, seq',
    [postId],
  )
  for (const link of links) {
    await room.db.transaction((tx) => followLink(tx, room, link, post))
  }
}

/** A card that was passed on is remembered first and then what the post is now: nothing comes between. */
export async function followCard(room: Room, row: MessageTable): Promise<void> {
  if (row.post === null) return
  const { id } = JSON.parse(row.post) as PostCard
  await room.db.transaction((tx) => noteLink(tx, row, id))
  const post = await postAt(room, { id })
  if (post !== undefined) await followLinks(room, id, post)
}

/** What one message shows of a post becomes what the post is now. */
async function followLink(
  tx: Tx,
  room: Room,
  { chat_id: chatId, seq }: PostLinkTable,
  post: NamedPost | null,
): Promise<void> {
  const row = await shownAt(tx.db, { chatId, seq })
  if (row?.kind === 'post') return rewritePassedOn(tx, room, row, post)
  if (!row || row.preview === TAKEN_AWAY || linkIn(row) === undefined) return
  if (post && room.app.settings['linkPreviews'] === false) return
  await writePreview(tx, room, row, post && postPage(room, post))
}

async function rewritePassedOn(
  tx: Tx,
  room: Room,
  row: MessageTable,
  post: NamedPost | null,
): Promise<void> {
  const text = post && JSON.stringify(cardOf(post))
  if (row.post !== text) await retouch(tx, room, row, { post: text }, null)
}
