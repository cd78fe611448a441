import { claimOf, PICTURE_GUARD } from './pictures.ts'
import type { Blog } from './writing/posts.ts'

const POSTS_AT_ONCE = 50

/**
 * Claims once more, with their guard, the pictures of posts that were saved before claims had one:
 * otherwise those of a hidden post stay open until its author saves it again.
 */
export async function guardPictures(blog: Blog, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await guardSome(blog)));
}

/** @returns false when no post is left. */
async function guardSome({ db, media }: Pick<Blog, 'db' | 'media'>): Promise<boolean> {
  const posts = await db.reader
    .selectFrom('blog_unguarded')
    .select('post_id')
    .orderBy('post_id')
    .limit(POSTS_AT_ONCE)
    .execute()
  for (const { post_id: id } of posts) {
    const rows = await db.reader
      .selectFrom('blog_pictures')
      .select('media_id')
      .where('post_id', '=', id)
      .execute()
    const kept = await media.find(rows.map(({ media_id }) => media_id))
    const ids = kept.map((picture) => picture.id)
    await media.use(claimOf(id), ids, { by: PICTURE_GUARD })
    const [done] = await db.transaction((tx) =>
      tx.db.deleteFrom('blog_unguarded').where('post_id', '=', id).returning('post_id').execute(),
    )
    /* The post was deleted meanwhile, and with it what it had claimed before. */
    if (!done) await media.release(claimOf(id))
  }
  return posts.length > 0
}
