import { announceDeletion } from '../announcement.ts'
import { relist } from './listing.ts'
import { claimOf } from '../pictures.ts'
import { type Blog, ownPost, requireCurrent } from './posts.ts'
import { releaseSlugs } from './slugs.ts'
import type { BlogTransaction, PostTable } from '../tables.ts'

/**
 * Removes a post with its revisions and comments. Addresses that were public stay taken, so that
 * they answer 410; those of a draft become free.
 *
 * @throws QL_BLOG_POST_NOT_FOUND; QL_BLOG_CONFLICT when `baseRev` is given and not current.
 */
export async function deletePost(
  blog: Blog,
  authorId: string,
  id: string,
  baseRev?: number,
): Promise<void> {
  await blog.db.transaction(async (tx) => {
    const post = await ownPost(tx.db, authorId, id)
    requireCurrent(post, baseRev)
    await removePost(tx, post)
  })
  /* Only now: a post that stays must not lose its pictures. */
  await blog.media.release(claimOf(id))
}

async function removePost(tx: BlogTransaction, post: PostTable): Promise<void> {
  if (post.published_at === null) await releaseSlugs(tx.db, post.id)
  await tx.db.deleteFrom('blog_posts').where('id', '=', post.id).execute()
  await relist(tx.db, post, null)
  await announceDeletion(tx, post)
}
