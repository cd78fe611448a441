import type { BlogQueries, PostTable } from '../tables.ts'

const KEY = /^[A-Za-z0-9_-]{16,64}$/

/** A key as the writing page sends it; undefined for anything else. */
export function draftKeyIn(text: string): string | undefined {
  return KEY.test(text) ? text : undefined
}

/** How a post remembers the key it was begun with. Sources of imports begin otherwise. */
export function sourceOfKey(key: string): string {
  return `new:${key}`
}

/** What this author has begun with a source, as it is now. */
export async function postOfSource(
  db: BlogQueries,
  authorId: string,
  source: string,
): Promise<PostTable | undefined> {
  return db
    .selectFrom('blog_posts')
    .selectAll()
    .where('author_id', '=', authorId)
    .where('source_key', '=', source)
    .executeTakeFirst()
}
