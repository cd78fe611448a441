import { sql } from 'kysely'
import { type Cursor, type Slice, sliceOf } from './cursor.ts'
import { monthBounds } from '../writing/listing.ts'
import type { BlogQueries, PostTable } from '../tables.ts'

/** What lists show of a post. */
export const LISTED_COLUMNS = [
  'id',
  'author_id',
  'slug',
  'title',
  'excerpt',
  'tags',
  'image',
  'minutes',
  'comment_count',
  'password',
  'listed_at',
  'updated_at',
] as const

export type ListedRow = Pick<PostTable, Exclude<(typeof LISTED_COLUMNS)[number], 'listed_at'>> & {
  readonly listed_at: string
}

/** Which of the listed posts. */
export interface ListPart {
  /** Of one author; absent: of the whole station. */
  readonly authorId?: string
  /** Of these authors. */
  readonly authorIds?: readonly string[]
  /** Address of a tag of that author. */
  readonly tag?: string
  /** `2026-11` */
  readonly month?: string
  /** A post that stands elsewhere on the page. */
  readonly except?: string
  /** Without those that open with a password, as feeds and the sitemap need it. */
  readonly open?: boolean
}

/** Listed posts, the newest first. */
export async function listPosts(
  db: BlogQueries,
  part: ListPart,
  limit: number,
  after?: Cursor,
): Promise<Slice<ListedRow>> {
  if (part.authorIds?.length === 0) return { items: [], next: undefined }
  const rows =
    part.tag === undefined || part.authorId === undefined
      ? await postRows(db, part, limit + 1, after)
      : await taggedRows(db, { ...part, tag: part.tag, authorId: part.authorId }, limit + 1, after)
  return sliceOf(rows, limit, ({ listed_at, id }) => ({ at: listed_at, id }))
}

/** Those of these posts that stand in lists and open without a password. */
export async function listedAmong(db: BlogQueries, ids: readonly string[]): Promise<ListedRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('blog_posts')
    .select(LISTED_COLUMNS)
    .where('id', 'in', [...ids])
    .where('listed_at', 'is not', null)
    .where('password', 'is', null)
    .$narrowType<{ listed_at: string }>()
    .execute()
}

async function postRows(
  db: BlogQueries,
  { authorId, authorIds, month, except, open }: ListPart,
  limit: number,
  after: Cursor | undefined,
): Promise<ListedRow[]> {
  let query = db
    .selectFrom('blog_posts')
    .select(LISTED_COLUMNS)
    .where('listed_at', 'is not', null)
    .orderBy('listed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .$narrowType<{ listed_at: string }>()
  if (authorId !== undefined) query = query.where('author_id', '=', authorId)
  if (authorIds !== undefined) query = query.where('author_id', 'in', [...authorIds])
  if (month !== undefined) {
    const [from, until] = monthBounds(month)
    query = query.where('listed_at', '>=', from).where('listed_at', '<', until)
  }
  if (except !== undefined) query = query.where('id', '!=', except)
  if (open === true) query = query.where('password', 'is', null)
  if (after) query = query.where(sql<boolean>`(listed_at, id) < (${after.at}, ${after.id})`)
  return query.execute()
}

/** The tag's own index gives the order, so the cost does not grow with the blog. */
async function taggedRows(
  db: BlogQueries,
  { authorId, tag, open }: ListPart & { readonly authorId: string; readonly tag: string },
  limit: number,
  after: Cursor | undefined,
): Promise<ListedRow[]> {
  let query = db
    .selectFrom('blog_post_tags as t')
    .innerJoin('blog_posts as p', 'p.id', 't.post_id')
    .select(LISTED_COLUMNS.map((column) => `p.${column}` as const))
    .where('t.author_id', '=', authorId)
    .where('t.slug', '=', tag)
    .orderBy('t.listed_at', 'desc')
    .orderBy('t.post_id', 'desc')
    .limit(limit)
    .$narrowType<{ listed_at: string }>()
  if (open === true) query = query.where('p.password', 'is', null)
  if (after)
    query = query.where(sql<boolean>`(t.listed_at, t.post_id) < (${after.at}, ${after.id})`)
  return query.execute()
}

/** The post that its author keeps at the head of the blog. */
export function pinnedPost(db: BlogQueries, authorId: string): Promise<ListedRow | undefined> {
  return db
    .selectFrom('blog_posts')
    .select(LISTED_COLUMNS)
    .where('author_id', '=', authorId)
    .where(sql<boolean>`pinned = 1`)
    .where('listed_at', 'is not', null)
    .orderBy('listed_at', 'desc')
    .limit(1)
    .$narrowType<{ listed_at: string }>()
    .executeTakeFirst()
}

export type OwnRow = Pick<
  PostTable,
  | 'id'
  | 'slug'
  | 'title'
  | 'excerpt'
  | 'status'
  | 'visibility'
  | 'words'
  | 'updated_at'
  | 'published_at'
  | 'publish_at'
  | 'hidden_why'
>

const OWN_COLUMNS = [
  'id',
  'slug',
  'title',
  'excerpt',
  'status',
  'visibility',
  'words',
  'updated_at',
  'published_at',
  'publish_at',
  'hidden_why',
] as const

/** All posts of an author in these states, the last changed first. */
export async function ownPosts(
  db: BlogQueries,
  authorId: string,
  statuses: readonly PostTable['status'][],
  limit: number,
  after?: Cursor,
): Promise<Slice<OwnRow>> {
  let query = db
    .selectFrom('blog_posts')
    .select(OWN_COLUMNS)
    .where('author_id', '=', authorId)
    .where('status', 'in', statuses)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after) query = query.where(sql<boolean>`(updated_at, id) < (${after.at}, ${after.id})`)
  return sliceOf(await query.execute(), limit, ({ updated_at, id }) => ({ at: updated_at, id }))
}

/** How many drafts and planned posts an author has. */
export async function countUnpublished(db: BlogQueries, authorId: string): Promise<number> {
  const { count } = await db
    .selectFrom('blog_posts')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('author_id', '=', authorId)
    .where('status', 'in', ['draft', 'scheduled'])
    .executeTakeFirstOrThrow()
  return count
}
