import { announce } from '../announcement.ts'
import { blogErrors } from '../errors.ts'
import { unlessHidingChanged } from '../hiding/hiding.ts'
import { listedAt, relist } from './listing.ts'
import { type Author, type Blog, conflict, ownPost, requireCurrent } from './posts.ts'
import { markPublic } from './revisions.ts'
import type { BlogTransaction, PostTable } from '../tables.ts'

/** The due posts of one turn; the next turn of the job takes the rest. */
const MAX_DUE = 500

type State = Pick<PostTable, 'status' | 'publish_at' | 'published_at'>

/**
 * Publishes a post, or plans it when `publishAt` lies ahead. A past `publishAt` dates it back. Done
 * twice it changes nothing.
 *
 * @param publishAt ISO 8601 with an offset.
 * @throws QL_BLOG_BASE_REQUIRED, QL_BLOG_CONFLICT, QL_BLOG_POST_NOT_FOUND, QL_BLOG_DATE_INVALID.
 */
export async function publishPost(
  blog: Blog,
  author: Author,
  id: string,
  baseRev: number | undefined,
  publishAt?: string,
): Promise<PostTable> {
  await requireMayPublish(blog, author.id)
  const at = publishAt === undefined ? undefined : requireInstant(publishAt)
  const now = blog.clock.now().toISOString()
  return changeState(blog, author, id, baseRev, (post) => published(post, now, at))
}

/** Takes a post back into the drafts, also one that is only planned. @throws as {@link publishPost}. */
export async function unpublishPost(
  blog: Blog,
  author: Author,
  id: string,
  baseRev: number | undefined,
): Promise<PostTable> {
  return changeState(blog, author, id, baseRev, (post) => ({
    status: 'draft',
    publish_at: null,
    published_at: post.published_at,
  }))
}

/** @throws QL_BLOG_PUBLISHING_CONSENT where the person has not agreed to it, or no longer does. */
export async function requireMayPublish(blog: Blog, userId: string): Promise<void> {
  if (!(await blog.mayPublish(userId))) throw blogErrors.QL_BLOG_PUBLISHING_CONSENT()
}

/** Moves back into the drafts what others can read, when its author has withdrawn the consent. */
export async function hidePosts(
  blog: Blog,
  people: { usernames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> },
  { userId, purpose }: { readonly userId: string; readonly purpose: string },
): Promise<void> {
  if (purpose !== 'publishing') return
  const username = (await people.usernames([userId])).get(userId) ?? ''
  const posts = await blog.db.reader
    .selectFrom('blog_posts')
    .select(['id', 'rev'])
    .where('author_id', '=', userId)
    .where('status', '!=', 'draft')
    .where('visibility', '!=', 'private')
    .execute()
  for (const { id, rev } of posts) await unpublishPost(blog, { id: userId, username }, id, rev)
}

/** The moment a person means, as it is stored. @throws QL_BLOG_DATE_INVALID. */
export function requireInstant(text: string): string {
  const at = new Date(text)
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  const { en, ru } = blogErrors.QL_BLOG_DATE_INVALID().entry
  const problem = { path: '/publishAt', code: 'QL_BLOG_DATE_INVALID', en, ru }
  throw blogErrors.QL_BLOG_DATE_INVALID({ errors: [problem] })
}

/** Where a post stands that is published at `at`, or now. */
export function published(
  post: Pick<PostTable, 'status' | 'published_at'>,
  now: string,
  at: string | undefined,
): State {
  if (at !== undefined && at > now && post.status !== 'published') {
    return { status: 'scheduled', publish_at: at, published_at: post.published_at }
  }
  const first = post.published_at ?? now
  const date = at !== undefined && at <= now ? at : first
  return { status: 'published', publish_at: null, published_at: date }
}

async function changeState(
  blog: Blog,
  author: Author,
  id: string,
  baseRev: number | undefined,
  next: (post: PostTable) => State,
): Promise<PostTable> {
  if (baseRev === undefined) throw blogErrors.QL_BLOG_BASE_REQUIRED()
  return blog.db.transaction(async (tx) => {
    const post = await ownPost(tx.db, author.id, id)
    requireCurrent(post, baseRev)
    const moved = await moveTo(tx, author.username, post, next(post))
    if (!moved) throw conflict(baseRev, post.rev)
    return moved
  })
}

async function moveTo(
  tx: BlogTransaction,
  username: string,
  before: PostTable,
  state: State,
): Promise<PostTable | null> {
  const moved = { ...before, ...state }
  const after = { ...moved, listed_at: listedAt(moved) }
  const { numUpdatedRows } = await tx.db
    .updateTable('blog_posts')
    .set({ ...state, listed_at: after.listed_at })
    .where('id', '=', before.id)
    .where('rev', '=', before.rev)
    .where('status', '=', before.status)
    .where(unlessHidingChanged(before))
    .executeTakeFirst()
  /* Another node was first. */
  if (numUpdatedRows !== 1n) return null
  if (after.status === 'published') await markPublic(tx.db, after)
  await relist(tx.db, before, after)
  await announce(tx, username, before, after)
  return after
}

/**
 * Publishes what is due, each in its own transaction and dated as it was planned. Several nodes may
 * do this at once: a post belongs to whoever still finds it scheduled.
 *
 * @param usernames answers the names of these accounts; a post without one waits.
 * @returns how many were published.
 */
export async function publishDue(
  blog: Blog,
  usernames: (authorIds: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<number> {
  const now = blog.clock.now().toISOString()
  const due = await blog.db.reader
    .selectFrom('blog_posts')
    .select(['id', 'author_id'])
    .where('status', '=', 'scheduled')
    .where('publish_at', '<=', now)
    .orderBy('publish_at')
    .limit(MAX_DUE)
    .execute()
  if (due.length === 0) return 0
  const authors = [...new Set(due.map((post) => post.author_id))]
  const allowed = await Promise.all(authors.map((id) => blog.mayPublish(id)))
  const names = await usernames(authors.filter((_, index) => allowed[index] === true))
  let count = 0
  for (const { id, author_id } of due) {
    const username = names.get(author_id)
    if (username === undefined) continue
    if (await blog.db.transaction((tx) => publishIfDue(tx, username, id, now))) count++
  }
  return count
}

async function publishIfDue(
  tx: BlogTransaction,
  username: string,
  id: string,
  now: string,
): Promise<boolean> {
  const post = await tx.db
    .selectFrom('blog_posts')
    .selectAll()
    .where('id', '=', id)
    .where('status', '=', 'scheduled')
    .where('publish_at', '<=', now)
    .executeTakeFirst()
  if (!post?.publish_at) return false
  const published_at = post.published_at ?? post.publish_at
  const state = { status: 'published', publish_at: null, published_at } as const
  return (await moveTo(tx, username, post, state)) !== null
}
