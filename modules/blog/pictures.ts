import type { Media, Role } from '#core'
import type { Cover } from './writing/details.ts'
import { picturesOf, type QuarkDoc } from './document/index.ts'
import { canSee, isKeptBack } from './policy.ts'
import type { BlogQueries } from './tables.ts'

/** The call that says who sees a picture of a post. */
export const PICTURE_GUARD = 'blog.may-see-picture'

/** The name under which a post claims its pictures. */
export function claimOf(postId: string): string {
  return `post/${postId}`
}

/**
 * Claims the pictures a text shows, so that none is swept, and answers those for which the post
 * decides who sees them: the author's own. Pictures of others may be shown, but nothing here opens
 * them. Stands before the transaction that makes the text current.
 *
 * @throws QL_MEDIA_GONE when one was removed at this very moment.
 */
export async function claimPictures(
  media: Media,
  author: { readonly id: string },
  postId: string,
  doc: QuarkDoc,
  cover: Cover | null,
): Promise<readonly string[]> {
  const shown = new Set(picturesOf(doc).flatMap(({ mediaId }) => mediaId ?? []))
  if (cover) shown.add(cover.mediaId)
  if (shown.size === 0) return []
  const own = await media.find([...shown], { ownerId: author.id })
  const ids = own.map(({ id }) => id)
  await media.use(claimOf(postId), ids, { by: PICTURE_GUARD })
  return ids
}

/** Notes what a post shows from now on; must run in the transaction that makes it so. */
export async function keepPictures(
  db: BlogQueries,
  postId: string,
  ids: readonly string[],
): Promise<void> {
  await db.deleteFrom('blog_pictures').where('post_id', '=', postId).execute()
  if (ids.length === 0) return
  const rows = ids.map((id) => ({ media_id: id, post_id: postId }))
  await db.insertInto('blog_pictures').values(rows).execute()
}

/**
 * Whether some post that this person may see shows the picture. Behind a password the address of a
 * picture is part of the text, so whoever has it has read that.
 */
export async function maySeePicture(
  db: BlogQueries,
  mediaId: string,
  userId: string | null,
  roleOf: (userId: string) => Promise<Role | undefined>,
): Promise<boolean> {
  const posts = await db
    .selectFrom('blog_pictures')
    .innerJoin('blog_posts', 'blog_posts.id', 'blog_pictures.post_id')
    .select(['author_id', 'status', 'visibility', 'password', 'hidden_why', 'withheld'])
    .where('media_id', '=', mediaId)
    .execute()
  const actor = userId === null ? null : { id: userId }
  if (posts.some((post) => canSee(actor, post))) return true
  if (!actor || !posts.some(isKeptBack)) return false
  const role = await roleOf(actor.id)
  return role !== undefined && posts.some((post) => canSee({ ...actor, role }, post))
}
