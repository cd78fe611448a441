import { type RawBuilder, sql } from 'kysely'
import type { HidingReason, ModeratedState } from '#core'
import { announce } from '../announcement.ts'
import { recountComments } from '../reading/comments.ts'
import { listedAt, relist } from '../writing/listing.ts'
import type { Person } from '../people.ts'
import { isKeptBack, isOut } from '../policy.ts'
import type { Blog } from '../writing/posts.ts'
import type { BlogTransaction, Flag, PostTable } from '../tables.ts'

/** Posts of one transaction: others write in between. */
const BATCH = 50

/** Whether a row is still kept back as it was read: who saves must not bring it back. */
export function unlessHidingChanged({
  hidden_why,
  withheld,
}: Pick<PostTable, 'hidden_why' | 'withheld'>): RawBuilder<boolean> {
  const same = hidden_why === null ? sql`hidden_why is null` : sql`hidden_why is not null`
  return sql<boolean>`(${same} and withheld = ${withheld})`
}

export function reasonIn(hiddenWhy: string | null): HidingReason | undefined {
  return hiddenWhy === null ? undefined : (JSON.parse(hiddenWhy) as HidingReason)
}

/** How a post stands in the eyes of moderators. */
export function stateOf(post: PostTable): ModeratedState {
  if (isKeptBack(post)) return 'hidden'
  return isOut(post) ? 'shown' : 'closed'
}

/**
 * Keeps a post from everybody but its author and staff, or (null) shows it again. Done twice it
 * changes nothing, and the first reason stays.
 *
 * @returns what it was before, and is now; undefined for what is gone.
 */
export async function hidePost(
  tx: BlogTransaction,
  author: Pick<Person, 'username'>,
  id: string,
  reason: HidingReason | null,
): Promise<{ readonly before: PostTable; readonly after: PostTable } | undefined> {
  const before = await lockedPost(tx, id)
  if (!before) return undefined
  if ((before.hidden_why === null) === (reason === null)) return { before, after: before }
  const after = await keepBack(tx, before, {
    hidden_why: reason === null ? null : JSON.stringify(reason),
  })
  await announce(tx, author.username, before, after)
  return { before, after }
}

/** The row, which nobody else changes until the commit: an update of nothing takes its lock. */
async function lockedPost(tx: BlogTransaction, id: string): Promise<PostTable | undefined> {
  return tx.db
    .updateTable('blog_posts')
    .set((update) => ({ rev: update.ref('rev') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

async function keepBack(
  tx: BlogTransaction,
  before: PostTable,
  change: Partial<Pick<PostTable, 'hidden_why' | 'withheld'>>,
): Promise<PostTable> {
  const changed = { ...before, ...change }
  const after = { ...changed, listed_at: listedAt(changed) }
  await tx.db
    .updateTable('blog_posts')
    .set({ ...change, listed_at: after.listed_at })
    .where('id', '=', before.id)
    .execute()
  await relist(tx.db, before, after)
  return after
}

/** @returns the comment's post; undefined where there was nothing to change. */
export async function hideComment(
  tx: BlogTransaction,
  id: string,
  reason: HidingReason | null,
): Promise<void> {
  const row = await tx.db
    .updateTable('blog_comments')
    .set({ hidden_why: reason === null ? null : JSON.stringify(reason) })
    .where('id', '=', id)
    .where('hidden_why', reason === null ? 'is not' : 'is', null)
    .returning('post_id')
    .executeTakeFirst()
  if (row) await tellThread(tx, row.post_id)
}

/** Counts the comments under a post anew, and tells of it: kept pages show them. */
export async function tellThread(tx: BlogTransaction, postId: string): Promise<void> {
  await recountComments(tx.db, postId)
  const post = await tx.db
    .selectFrom('blog_posts')
    .selectAll()
    .where('id', '=', postId)
    .executeTakeFirst()
  if (!post) return
  const { id, author_id: authorId, slug, status, rev } = post
  const touches = post.listed_at === null ? [] : [`blog/${authorId}`, 'posts']
  const data = { id, authorId, slug, status, rev, blocks: [] }
  await tx.publish('post.updated', data, { subject: `post/${id}`, touches })
}

/**
 * Takes everything an author has written out of the eyes of others, or lets it come back, when a
 * block says so. What moderators have hidden by itself stays hidden.
 */
export async function withhold(blog: Blog, authorId: string, withheld: Flag): Promise<void> {
  for (;;) {
    const ids = await blog.db.reader
      .selectFrom('blog_posts')
      .select('id')
      .where('author_id', '=', authorId)
      .where('withheld', '!=', withheld)
      .limit(BATCH)
      .execute()
    if (ids.length === 0) break
    await blog.db.transaction(async (tx) => {
      for (const { id } of ids) await withholdPost(tx, id, withheld)
    })
  }
  await blog.db.transaction((tx) => withholdComments(tx, authorId, withheld))
}

async function withholdPost(tx: BlogTransaction, id: string, withheld: Flag): Promise<void> {
  const before = await lockedPost(tx, id)
  if (!before) return
  const after = await keepBack(tx, before, { withheld })
  if (isOut(before) === isOut(after)) return
  const { author_id: authorId, slug, status, rev } = after
  const isListed = before.listed_at !== null || after.listed_at !== null
  const touches = isListed ? [`blog/${authorId}`, 'posts'] : []
  const options = { subject: `post/${id}`, touches }
  /* It was published long ago: it comes back as changed, not as news. */
  if (isOut(after)) {
    await tx.publish('post.updated', { id, authorId, slug, status, rev, blocks: [] }, options)
  } else await tx.publish('post.unpublished', { id, authorId, slug }, options)
}

async function withholdComments(
  tx: BlogTransaction,
  authorId: string,
  withheld: Flag,
): Promise<void> {
  const rows = await tx.db
    .updateTable('blog_comments')
    .set({ withheld })
    .where('author_id', '=', authorId)
    .where('withheld', '!=', withheld)
    .returning('post_id')
    .execute()
  for (const postId of new Set(rows.map(({ post_id }) => post_id))) await tellThread(tx, postId)
}
