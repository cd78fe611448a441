import { withhold } from './hiding.ts'
import type { Blog } from '../writing/posts.ts'

/** Authors looked up at once. */
const BATCH = 200

/** Keeps back all an author has written while a block or a missing consent hides them, and shows it after. */
export async function followSight(blog: Blog, authorId: string): Promise<void> {
  await withhold(blog, authorId, (await blog.mayPublish(authorId)) ? 0 : 1)
}

/** The operator asks for a consent to publishing from now on, or no longer: every author is looked at. */
export async function followConsent(
  blog: Blog,
  section: string | undefined,
  keys: readonly string[],
): Promise<void> {
  if (section !== 'settings/operator' || !keys.includes('asksPublishing')) return
  for (let after: string | undefined = ''; after !== undefined;) {
    const authors = await authorsBehind(blog, after)
    for (const id of authors) await followSight(blog, id)
    after = authors.at(-1)
  }
}

async function authorsBehind(blog: Blog, id: string): Promise<string[]> {
  const rows = await blog.db.reader
    .selectFrom('blog_posts')
    .select('author_id')
    .distinct()
    .where('author_id', '>', id)
    .orderBy('author_id')
    .limit(BATCH)
    .execute()
  return rows.map((row) => row.author_id)
}
