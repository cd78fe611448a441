import type { ErasedData, ErasedSubject } from '#core'
import type { Blog } from './writing/posts.ts'
import { relist } from './writing/listing.ts'
import { claimOf } from './pictures.ts'
import type { BlogTransaction, PostTable } from './tables.ts'

/** Posts of one transaction: others write in between. */
const BATCH = 50
const NO_TEXT = JSON.stringify({ v: 1, doc: { type: 'doc', content: [] } })

/**
 * Erases what a person has written. Kept texts are those everybody can read; drafts, private posts,
 * earlier revisions and where an import took them from always go.
 */
export async function erasePerson(blog: Blog, person: ErasedSubject): Promise<ErasedData> {
  const posts = await erasePosts(blog, person)
  const { content, userId, tombstone } = person
  return blog.db.transaction(async (tx) => {
    const { db } = tx
    const comments = await db
      .updateTable('blog_comments')
      .set({ author_id: null, author_name: tombstone, author_url: null, source_key: null })
      .$if(content === 'delete', (query) => query.set({ doc: NO_TEXT, html: '' }))
      .where('author_id', '=', userId)
      .executeTakeFirst()
    const imported = await db
      .deleteFrom('blog_media')
      .where('author_id', '=', userId)
      .executeTakeFirst()
    const revisions = await eraseTraces(tx, person)
    return {
      erased: {
        posts,
        comments: Number(comments.numUpdatedRows),
        imported: Number(imported.numDeletedRows),
        revisions,
      },
    }
  })
}

async function erasePosts(blog: Blog, { userId, content }: ErasedSubject): Promise<number> {
  let erased = 0
  for (;;) {
    const found = await blog.db.transaction(async (tx) => {
      const rows = await tx.db
        .selectFrom('blog_posts')
        .selectAll()
        .where('author_id', '=', userId)
        .$if(content === 'anonymise', (query) =>
          query.where((or) =>
            or.or([or('status', '!=', 'published'), or('visibility', '=', 'private')]),
          ),
        )
        .orderBy('id')
        .limit(BATCH)
        .execute()
      for (const post of rows) await erasePost(tx, post)
      return rows.map(({ id }) => id)
    })
    for (const id of found) await blog.media.release(claimOf(id))
    erased += found.length
    if (found.length < BATCH) return erased
  }
}

/** The event names no address: it would tell what the post was called. */
async function erasePost(tx: BlogTransaction, post: PostTable): Promise<void> {
  const { id, author_id: authorId, published_at, listed_at } = post
  await tx.db.deleteFrom('blog_slugs').where('post_id', '=', id).execute()
  await tx.db.deleteFrom('blog_posts').where('id', '=', id).execute()
  await relist(tx.db, post, null)
  const data = { id, authorId, slug: '', wasPublished: published_at !== null }
  const touches = listed_at === null ? [] : [`blog/${authorId}`, 'posts']
  await tx.publish('post.deleted', data, { subject: `post/${id}`, touches })
}

/** Rows beside the posts: all of them, or those that tell more than the kept posts do. */
async function eraseTraces({ db }: BlogTransaction, person: ErasedSubject): Promise<number> {
  const { userId } = person
  const kept = db.selectFrom('blog_posts').select('id').where('author_id', '=', userId)
  await db
    .deleteFrom('blog_slugs')
    .where('author_id', '=', userId)
    .where('post_id', 'not in', kept)
    .execute()
  if (person.content === 'delete') {
    await db.deleteFrom('blog_tags').where('author_id', '=', userId).execute()
    await db.deleteFrom('blog_months').where('author_id', '=', userId).execute()
    return 0
  }
  await db
    .deleteFrom('blog_tags')
    .where('author_id', '=', userId)
    .where('post_count', '=', 0)
    .execute()
  await db
    .updateTable('blog_posts')
    .set({ source_key: null })
    .where('author_id', '=', userId)
    .execute()
  const earlier = await db
    .deleteFrom('blog_revisions')
    .where('post_id', 'in', kept)
    .where((outer) =>
      outer(
        'rev',
        '<',
        outer
          .selectFrom('blog_posts')
          .select('blog_posts.rev')
          .whereRef('blog_posts.id', '=', 'blog_revisions.post_id'),
      ),
    )
    .executeTakeFirst()
  return Number(earlier.numDeletedRows)
}
