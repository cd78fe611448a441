import type { TagName } from './details.ts'
import { isListed } from '../policy.ts'
import type { BlogQueries, MonthTable, PostTable } from '../tables.ts'
import { recountTags } from './tags.ts'

/** What of a post decides its places in the lists. */
type Placed = Pick<PostTable, 'id' | 'author_id' | 'tags' | 'listed_at'>

/** When the post stands in lists: its publication, or not at all. */
export function listedAt(
  post: Parameters<typeof isListed>[0] & Pick<PostTable, 'published_at'>,
): string | null {
  return isListed(post) ? post.published_at : null
}

/**
 * Brings tags and months of the author in line with what a post was and is now; null: it was not,
 * or is no more. Must run in the transaction that changes the post, after the change.
 */
export async function relist(
  db: BlogQueries,
  before: Placed | null,
  after: Placed | null,
): Promise<void> {
  const sides = [before, after].filter((side) => side !== null)
  const [post] = sides
  const months = sides.flatMap(({ listed_at }) => listed_at?.slice(0, 7) ?? [])
  if (!post || months.length === 0 || standsAlike(before, after)) return
  await db.deleteFrom('blog_post_tags').where('post_id', '=', post.id).execute()
  const rows = after ? tagRows(after) : []
  if (rows.length > 0) await db.insertInto('blog_post_tags').values(rows).execute()
  await recountTags(db, post.author_id, [...new Set(sides.flatMap(slugsIn))])
  for (const month of new Set(months)) await recountMonth(db, post.author_id, month)
}

function standsAlike(before: Placed | null, after: Placed | null): boolean {
  return before?.listed_at === after?.listed_at && before?.tags === after?.tags
}

function tagRows(post: Placed) {
  const { id, author_id, listed_at } = post
  if (listed_at === null) return []
  return slugsIn(post).map((slug) => ({ post_id: id, author_id, slug, listed_at }))
}

function slugsIn({ tags }: Pick<PostTable, 'tags'>): string[] {
  return (JSON.parse(tags) as TagName[]).map(({ slug }) => slug)
}

async function recountMonth(db: BlogQueries, authorId: string, month: string): Promise<void> {
  const [from, until] = monthBounds(month)
  const { count } = await db
    .selectFrom('blog_posts')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('author_id', '=', authorId)
    .where('listed_at', '>=', from)
    .where('listed_at', '<', until)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('blog_months')
    .values({ author_id: authorId, month, post_count: count })
    .onConflict((conflict) =>
      conflict.columns(['author_id', 'month']).doUpdateSet({ post_count: count }),
    )
    .execute()
}

/** First instant of a month (`2026-11`) and of the next one, UTC. */
export function monthBounds(month: string): [from: string, until: string] {
  const from = new Date(`${month}-01T00:00:00.000Z`)
  const until = new Date(from)
  until.setUTCMonth(from.getUTCMonth() + 1)
  return [from.toISOString(), until.toISOString()]
}

export type CountedMonth = Pick<MonthTable, 'month' | 'post_count'>

/** Months with listed posts of an author, the newest first. */
export function postMonths(db: BlogQueries, authorId: string): Promise<CountedMonth[]> {
  return db
    .selectFrom('blog_months')
    .select(['month', 'post_count'])
    .where('author_id', '=', authorId)
    .where('post_count', '>', 0)
    .orderBy('month', 'desc')
    .execute()
}
