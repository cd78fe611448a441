import { sql } from 'kysely'
import type { BlogDb, BlogQueries, BlogTransaction } from '../tables.ts'
import type { Blog } from './posts.ts'

const HOUR_MS = 3_600_000
/** Younger revisions all stay: somebody may still be changing one of them. */
const KEEP_ALL_MS = 24 * HOUR_MS
/** Then the last one of each hour stays, and after this the last one of each day. */
const KEEP_HOURLY_MS = 30 * 24 * HOUR_MS
/** `2026-11-25T04` and `2026-11-25`: how much of an instant names its hour and its day, in UTC. */
const HOUR_CHARS = 13
const DAY_CHARS = 10
/** Posts looked at in one query, so that neither readers nor writers wait long. */
const POSTS_AT_ONCE = 500
const REVISIONS_AT_ONCE = 1_000

interface Thinned {
  readonly post_id: string
  readonly rev: number
}

/**
 * Removes revisions that a later one of the same hour, or day, stands for. The current one and
 * those that readers could see stay for ever. May be broken off and run again at any time.
 *
 * @returns how many were removed.
 */
export async function thinRevisions({ db, clock }: Pick<Blog, 'db' | 'clock'>): Promise<number> {
  const now = clock.now().getTime()
  let count = 0
  let after = ''
  for (;;) {
    const posts = await nextPosts(db, after)
    const last = posts.at(-1)
    if (last === undefined) return count
    const thinned = await replaceable(db, after, last, now)
    for (let from = 0; from < thinned.length; from += REVISIONS_AT_ONCE) {
      const some = thinned.slice(from, from + REVISIONS_AT_ONCE)
      count += await db.transaction((tx) => removeAll(tx, some))
    }
    after = last
  }
}

async function nextPosts({ reader }: BlogDb, after: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('blog_posts')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(POSTS_AT_ONCE)
    .execute()
  return rows.map(({ id }) => id)
}

/** A revision once found here stays replaceable: what is later or public never ceases to be so. */
function replaceable(
  { reader }: BlogDb,
  after: string,
  last: string,
  now: number,
): Promise<Thinned[]> {
  const before = (ms: number): string => new Date(now - ms).toISOString()
  return reader
    .selectFrom('blog_revisions as r')
    .innerJoin('blog_posts as p', 'p.id', 'r.post_id')
    .select(['r.post_id', 'r.rev'])
    .where('p.id', '>', after)
    .where('p.id', '<=', last)
    .where('r.was_public', '=', 0)
    .where('r.created_at', '<', before(KEEP_ALL_MS))
    .whereRef('r.rev', '<', 'p.rev')
    .where((where) =>
      where.or([
        where.exists(laterIn(reader, HOUR_CHARS)),
        where.and([
          where('r.created_at', '<', before(KEEP_HOURLY_MS)),
          where.exists(laterIn(reader, DAY_CHARS)),
        ]),
      ]),
    )
    .execute()
}

function laterIn(reader: BlogQueries, chars: number) {
  const start = (column: string) => sql`substr(${sql.ref(column)}, 1, ${sql.lit(chars)})`
  return reader
    .selectFrom('blog_revisions as later')
    .select('later.rev')
    .where(sql<boolean>`later.post_id = r.post_id and later.rev > r.rev`)
    .where(sql<boolean>`${start('later.created_at')} = ${start('r.created_at')}`)
}

async function removeAll({ db }: BlogTransaction, revisions: readonly Thinned[]): Promise<number> {
  const byPost = Map.groupBy(revisions, ({ post_id }) => post_id)
  let count = 0
  for (const [postId, some] of byPost) {
    const { numDeletedRows } = await db
      .deleteFrom('blog_revisions')
      .where('post_id', '=', postId)
      .where(
        'rev',
        'in',
        some.map(({ rev }) => rev),
      )
      .executeTakeFirst()
    count += Number(numDeletedRows)
  }
  return count
}
