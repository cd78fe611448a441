import { createHash } from 'node:crypto'
import type { TagName } from './details.ts'
import { blogErrors } from '../errors.ts'
import { slugWords } from './slug-words.ts'
import type { BlogQueries, TagTable } from '../tables.ts'

const MAX_NAME_LENGTH = 60
const MAX_NUMBER = 20

/** Names as they are shown: outer and double spaces gone, each name once. @throws QL_BLOG_TAG_INVALID. */
export function tagNames(names: readonly string[]): string[] {
  const kept = new Map<string, string>()
  for (const [index, raw] of names.entries()) {
    const name = raw.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
    const isTooLong = Array.from(name).length > MAX_NAME_LENGTH
    if (!/[^\p{C}\p{Z}]/u.test(name) || isTooLong || /\p{Cc}/u.test(name)) {
      const { en, ru } = blogErrors.QL_BLOG_TAG_INVALID().entry
      const problem = { path: `/tags/${index}`, code: 'QL_BLOG_TAG_INVALID', en, ru }
      throw blogErrors.QL_BLOG_TAG_INVALID({ errors: [problem] })
    }
    const key = keyOf(name)
    if (!kept.has(key)) kept.set(key, name)
  }
  return [...kept.values()]
}

/**
 * The author's tags of these names, made where they are new. `C++` and `C#` are two tags with two
 * addresses; `Кот` and `кот` are one. Must run in a transaction.
 */
export async function claimTags(
  db: BlogQueries,
  authorId: string,
  names: readonly string[],
): Promise<TagName[]> {
  if (names.length === 0) return []
  const rows = await db
    .selectFrom('blog_tags')
    .select(['key', 'slug'])
    .where('author_id', '=', authorId)
    .where('key', 'in', names.map(keyOf))
    .execute()
  const known = new Map(rows.map(({ key, slug }) => [key, slug]))
  const tags: TagName[] = []
  for (const name of names) {
    const slug = known.get(keyOf(name)) ?? (await makeTag(db, authorId, name))
    tags.push({ name, slug })
  }
  return tags
}

async function makeTag(db: BlogQueries, authorId: string, name: string): Promise<string> {
  const key = keyOf(name)
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 8)
  const stem = slugWords(name) || `t-${digest}`
  for (let number = 1; ; number++) {
    const tail = number <= MAX_NUMBER ? String(number) : `${digest}${number}`
    const slug = number === 1 ? stem : `${stem}-${tail}`
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('blog_tags')
      .values({ author_id: authorId, slug, key, name, post_count: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) return slug
  }
}

/** Counts the listed posts of these tags anew. Must run in a transaction. */
export async function recountTags(
  db: BlogQueries,
  authorId: string,
  slugs: readonly string[],
): Promise<void> {
  if (slugs.length === 0) return
  await db
    .updateTable('blog_tags')
    .set((update) => ({
      post_count: update
        .selectFrom('blog_post_tags')
        .select((count) => count.fn.countAll<number>().as('count'))
        .where('blog_post_tags.author_id', '=', authorId)
        .whereRef('blog_post_tags.slug', '=', 'blog_tags.slug'),
    }))
    .where('author_id', '=', authorId)
    .where('slug', 'in', [...slugs])
    .execute()
}

export type CountedTag = Pick<TagTable, 'slug' | 'name' | 'post_count'>

/** The author's tags with listed posts, the most used first. */
export function usedTags(db: BlogQueries, authorId: string, limit: number): Promise<CountedTag[]> {
  return db
    .selectFrom('blog_tags')
    .select(['slug', 'name', 'post_count'])
    .where('author_id', '=', authorId)
    .where('post_count', '>', 0)
    .orderBy('post_count', 'desc')
    .orderBy('slug')
    .limit(limit)
    .execute()
}

/** Of all authors, with listed posts, the most used first. */
export function mostUsedTags(
  db: BlogQueries,
  limit: number,
): Promise<(CountedTag & Pick<TagTable, 'author_id'>)[]> {
  return db
    .selectFrom('blog_tags')
    .select(['author_id', 'slug', 'name', 'post_count'])
    .where('post_count', '>', 0)
    .orderBy('post_count', 'desc')
    .orderBy('author_id')
    .orderBy('slug')
    .limit(limit)
    .execute()
}

/** A tag with listed posts. */
export function findTag(
  db: BlogQueries,
  authorId: string,
  slug: string,
): Promise<CountedTag | undefined> {
  return db
    .selectFrom('blog_tags')
    .select(['slug', 'name', 'post_count'])
    .where('author_id', '=', authorId)
    .where('slug', '=', slug)
    .where('post_count', '>', 0)
    .executeTakeFirst()
}

function keyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}
