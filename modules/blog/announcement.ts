import type { TagName } from './writing/details.ts'
import type { QuarkDoc, TocEntry } from './document/index.ts'
import { isOut } from './policy.ts'
import { textFacts } from './reading/reading.ts'
import type { BlogTransaction, PostTable } from './tables.ts'

/** Where a post of an author is read. */
export function postPath(username: string, slug: string): string {
  return `/user/${username}/blog/${slug}`
}

/**
 * Tells what became of a post, as far as others are concerned. The events are committed with the
 * change itself, so each happens exactly once.
 *
 * @param blocks ids of the text's changed blocks.
 */
export async function announce(
  tx: BlogTransaction,
  username: string,
  before: PostTable | null,
  after: PostTable,
  blocks: readonly string[] = [],
): Promise<void> {
  const { id, author_id: authorId, slug, status, rev } = after
  const options = optionsFor(after, before)
  if (before === null) await tx.publish('post.created', { id, authorId, slug, status }, options)
  else if (before.rev !== rev || isRedated(before, after)) {
    const data = { id, authorId, slug, status, rev, blocks: [...blocks] }
    await tx.publish('post.updated', data, options)
  }
  const wasOut = before !== null && isOut(before)
  if (isOut(after) && !wasOut) {
    await tx.publish('post.published', await publishedFacts(tx, username, after), options)
  }
  if (!isOut(after) && wasOut) {
    await tx.publish('post.unpublished', { id, authorId, slug: before.slug }, options)
  }
}

/** A public post has moved in time, which changes every list it stands in. */
function isRedated(before: PostTable, after: PostTable): boolean {
  return isOut(before) && isOut(after) && before.published_at !== after.published_at
}

export async function announceDeletion(tx: BlogTransaction, post: PostTable): Promise<void> {
  const { id, author_id: authorId, slug, published_at } = post
  const data = { id, authorId, slug, wasPublished: published_at !== null }
  await tx.publish('post.deleted', data, optionsFor(post, null))
}

/** Pages of the blog and of the station go stale only when a listed post is concerned. */
function optionsFor(post: PostTable, other: PostTable | null) {
  const isListed = post.listed_at !== null || (other?.listed_at ?? null) !== null
  return {
    subject: `post/${post.id}`,
    touches: isListed ? [`blog/${post.author_id}`, 'posts'] : [],
  }
}

async function publishedFacts(
  tx: BlogTransaction,
  username: string,
  post: PostTable,
): Promise<QuarkEvents['post.published']> {
  const { doc, toc } = await tx.db
    .selectFrom('blog_revisions as r')
    .innerJoin('blog_readings as k', 'k.post_id', 'r.post_id')
    .select(['r.doc', 'k.toc'])
    .where('r.post_id', '=', post.id)
    .where('r.rev', '=', post.rev)
    .executeTakeFirstOrThrow()
  const facts = textFacts(JSON.parse(doc) as QuarkDoc, JSON.parse(toc) as TocEntry[])
  const open = post.password === null
  return {
    id: post.id,
    authorId: post.author_id,
    username,
    slug: post.slug,
    url: postPath(username, post.slug),
    title: post.title,
    lang: post.lang,
    visibility: post.visibility === 'unlisted' ? 'unlisted' : 'public',
    tags: (JSON.parse(post.tags) as TagName[]).map(({ name }) => name),
    excerpt: open ? post.excerpt : '',
    content: open ? facts.content : '',
    headings: open ? [...facts.headings] : [],
    links: open ? [...facts.links] : [],
    images: open ? [...facts.images] : [],
    words: post.words,
    publishedAt: post.published_at ?? post.created_at,
  }
}
