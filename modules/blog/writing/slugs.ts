import { blogErrors } from '../errors.ts'
import { slugWords } from './slug-words.ts'
import type { BlogQueries } from '../tables.ts'

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const MAX_LENGTH = 100
/** Leaves room for what tells two posts of one name apart. */
const MAX_STEM = 84

/** Addresses below a blog that are, or may become, pages of their own. */
const RESERVED = new Set([
  'about',
  'all',
  'api',
  'archive',
  'atom',
  'blog',
  'categories',
  'category',
  'comments',
  'drafts',
  'edit',
  'feed',
  'feeds',
  'followers',
  'following',
  'index',
  'json',
  'latest',
  'new',
  'page',
  'pages',
  'preview',
  'rss',
  'search',
  'settings',
  'sitemap',
  'tag',
  'tags',
  'write',
])

/** The post that has or had an address, wherever it is now. */
export interface SlugOwner {
  readonly postId: string
}

/** An address a person asks for. @throws QL_BLOG_SLUG_INVALID, QL_BLOG_SLUG_RESERVED. */
export function requireSlug(slug: string): string {
  if (slug.length > MAX_LENGTH || !SLUG.test(slug)) {
    throw blogErrors.QL_BLOG_SLUG_INVALID({ errors: [slugProblem('QL_BLOG_SLUG_INVALID')] })
  }
  if (RESERVED.has(slug)) {
    throw blogErrors.QL_BLOG_SLUG_RESERVED({ errors: [slugProblem('QL_BLOG_SLUG_RESERVED')] })
  }
  return slug
}

/** The address a title asks for; a title whose letters no address can hold gets `p-<short id>`. */
export function slugFromTitle(title: string, postId: string): string {
  const words = slugWords(title)
  if (words === '') return `p-${shortId(postId)}`
  return RESERVED.has(words) ? `${words}-2` : words
}

/** Beyond this many posts of one name their addresses end in chance instead of a number. */
const MAX_NUMBER = 20

/**
 * Takes the wished address for the post, or the first free one after it: `wish-2`, `wish-3`. What
 * another post has, or had in public, is never handed out again. Must run in a transaction.
 *
 * @returns the address taken.
 */
export async function claimSlug(
  db: BlogQueries,
  post: { readonly id: string; readonly authorId: string },
  wish: string,
  now: string,
): Promise<string> {
  for (let number = 1; ; number++) {
    const tail = number <= MAX_NUMBER ? String(number) : `${shortId(post.id)}${number}`
    const slug = number === 1 ? wish : `${wish.slice(0, MAX_STEM).replace(/-+$/, '')}-${tail}`
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('blog_slugs')
      .values({ author_id: post.authorId, slug, post_id: post.id, claimed_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) return slug
    if ((await slugOwner(db, post.authorId, slug))?.postId === post.id) return slug
  }
}

/** Which post an address of a blog belongs, or belonged, to. */
export async function slugOwner(
  db: BlogQueries,
  authorId: string,
  slug: string,
): Promise<SlugOwner | undefined> {
  const row = await db
    .selectFrom('blog_slugs')
    .select('post_id')
    .where('author_id', '=', authorId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row && { postId: row.post_id }
}

/** Gives back the addresses of a post that was never public, all or all but `kept`. */
export async function releaseSlugs(db: BlogQueries, postId: string, kept?: string): Promise<void> {
  let query = db.deleteFrom('blog_slugs').where('post_id', '=', postId)
  if (kept !== undefined) query = query.where('slug', '!=', kept)
  await query.execute()
}

function slugProblem(code: 'QL_BLOG_SLUG_INVALID' | 'QL_BLOG_SLUG_RESERVED') {
  const { en, ru } = blogErrors[code]().entry
  return { path: '/slug', code, en, ru }
}

/** The end of a UUIDv7 is chance. */
function shortId(postId: string): string {
  return postId.replaceAll('-', '').slice(-8)
}
