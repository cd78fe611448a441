import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Preview } from '../schema.ts'
import type { PostLinkTable } from '../tables.ts'
import { type FoundPage, findPage, postAt } from './found-page.ts'
import { followCard, followLinks, noteLink } from './post-links.ts'
import { linkIn, shownAt, TAKEN_AWAY, writePreview } from './shown-preview.ts'

const BATCH = 100

/** Messages of which it is not known yet which post they show are asked about within the hour. */
export function findOldLinks(room: Room): void {
  room.app.job('find-posts', '7 * * * *', () => findPosts(room))
}

async function findPosts(room: Room): Promise<void> {
  /* Without a blog there is nobody to ask. */
  if ((await postAt(room, { id: 'none' })) === undefined) return
  for (;;) {
    const links = await select<PostLinkTable>(
      room.db.reader,
      `select * from messaging_post_links where post_id = '' order by chat_id, seq limit ${BATCH}`,
      [],
    )
    if (links.length === 0) return
    for (const link of links) await findPost(room, link)
  }
}

async function findPost(room: Room, link: PostLinkTable): Promise<void> {
  const row = await shownAt(room.db.reader, { chatId: link.chat_id, seq: link.seq })
  if (row?.kind === 'post' && row.post !== null) return followCard(room, row)
  const isShown = row && row.preview !== null && row.preview !== TAKEN_AWAY
  const url = isShown ? linkIn(row) : undefined
  const page = url === undefined ? null : await findPage(room, url)
  await room.db.transaction(async (tx) => {
    await noteLink(tx, link, page?.postId)
    if (!isShown || page?.postId !== undefined) return
    await writePreview(tx, room, row, page && shownOf(page))
  })
  if (page?.postId === undefined) return
  const post = await postAt(room, { id: page.postId })
  if (post !== undefined) await followLinks(room, page.postId, post)
}

function shownOf({ url, site, title, description, image }: FoundPage): Preview {
  return { url, site, title, description, image: image ?? null }
}
