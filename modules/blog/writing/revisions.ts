import type { PostDetails } from './details.ts'
import type { QuarkDoc } from '../document/index.ts'
import type { BlogQueries, PostTable } from '../tables.ts'

/** A post as it was at one moment. */
export interface Revision {
  readonly rev: number
  readonly doc: QuarkDoc
  readonly details: PostDetails
  readonly createdAt: string
}

export interface RevisionSummary {
  readonly rev: number
  readonly title: string
  readonly createdAt: string
  readonly createdBy: string
}

export async function findRevision(
  db: BlogQueries,
  postId: string,
  rev: number,
): Promise<Revision | undefined> {
  const row = await db
    .selectFrom('blog_revisions')
    .select(['doc', 'details', 'created_at'])
    .where('post_id', '=', postId)
    .where('rev', '=', rev)
    .executeTakeFirst()
  return (
    row && {
      rev,
      doc: JSON.parse(row.doc) as QuarkDoc,
      details: JSON.parse(row.details) as PostDetails,
      createdAt: row.created_at,
    }
  )
}

/** Keeps a revision; must run in the transaction that makes it the current one. */
export async function keepRevision(
  db: BlogQueries,
  post: Pick<PostTable, 'id' | 'rev' | 'status' | 'updated_at'>,
  by: string,
  { doc, details }: Pick<Revision, 'doc' | 'details'>,
): Promise<void> {
  await db
    .insertInto('blog_revisions')
    .values({
      post_id: post.id,
      rev: post.rev,
      doc: JSON.stringify(doc),
      details: JSON.stringify(details),
      created_at: post.updated_at,
      created_by: by,
      was_public: post.status === 'published' ? 1 : 0,
    })
    .execute()
}

/** Notes that readers can see a revision from now on, so that it is kept for ever. */
export async function markPublic(
  db: BlogQueries,
  { id, rev }: Pick<PostTable, 'id' | 'rev'>,
): Promise<void> {
  await db
    .updateTable('blog_revisions')
    .set({ was_public: 1 })
    .where('post_id', '=', id)
    .where('rev', '=', rev)
    .execute()
}

/** Revisions of a post, the newest first; `before` is a revision number. */
export async function listRevisions(
  db: BlogQueries,
  postId: string,
  limit: number,
  before?: number,
): Promise<{ readonly items: readonly RevisionSummary[]; readonly next: number | undefined }> {
  let query = db
    .selectFrom('blog_revisions')
    .select(['rev', 'details', 'created_at', 'created_by'])
    .where('post_id', '=', postId)
    .orderBy('rev', 'desc')
    .limit(limit + 1)
  if (before !== undefined) query = query.where('rev', '<', before)
  const rows = await query.execute()
  const items = rows.slice(0, limit).map((row) => ({
    rev: row.rev,
    title: (JSON.parse(row.details) as PostDetails).title,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }))
  return { items, next: rows.length > limit ? items.at(-1)?.rev : undefined }
}
