import { CompiledQuery } from 'kysely'
import type { BlogDb, PostTable } from '../tables.ts'

const COLUMNS = [
  'id',
  'author_id',
  'kind',
  'status',
  'visibility',
  'title',
  'slug',
  'lead',
  'excerpt',
  'lang',
  'cover',
  'image',
  'tags',
  'words',
  'minutes',
  'rev',
  'password',
  'comment_count',
  'publish_at',
  'published_at',
  'listed_at',
  'created_at',
  'updated_at',
  'hidden_why',
  'withheld',
] as const satisfies readonly (keyof PostTable)[]

/** A post with its rendered text, found by an address of its author. */
export type ViewedPost = Pick<PostTable, (typeof COLUMNS)[number]> & {
  readonly html: Uint8Array | null
  readonly toc: string | null
  readonly reading_rev: number | null
  readonly renderer: number | null
}

export type AddressedPost =
  | { readonly kind: 'nothing' }
  /** There was a public post, and it was removed. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'post'; readonly post: ViewedPost }

export interface Neighbour {
  readonly slug: string
  readonly title: string
  readonly image: string | null
}

/**
 * The page of a post is what strangers ask for most, so its queries are written out: one for the
 * post with its text, one for both neighbours.
 */
const BY_ADDRESS = `
  select ${COLUMNS.map((column) => `p.${column}`).join(', ')},
    r.html, r.toc, r.rev as reading_rev, r.renderer
  from blog_slugs s
  left join blog_posts p on p.id = s.post_id
  left join blog_readings r on r.post_id = p.id
  where s.author_id = ? and s.slug = ?`

const NEIGHBOURS = `
  select side, slug, title, image from (
    select 'previous' as side, slug, title, image from blog_posts
    where author_id = ? and listed_at is not null and (listed_at, id) < (?, ?)
    order by listed_at desc, id desc limit 1) as a
  union all
  select side, slug, title, image from (
    select 'next' as side, slug, title, image from blog_posts
    where author_id = ? and listed_at is not null and (listed_at, id) > (?, ?)
    order by listed_at, id limit 1) as b`

type AddressRow = ViewedPost | (Partial<ViewedPost> & { readonly id: null })

/** What stands, or stood, at an address of a blog. Who may read it is not asked here. */
export async function postAt(db: BlogDb, authorId: string, slug: string): Promise<AddressedPost> {
  const { rows } = await db.reader.executeQuery<AddressRow>(
    CompiledQuery.raw(BY_ADDRESS, [authorId, slug]),
  )
  const [row] = rows
  if (!row) return { kind: 'nothing' }
  return row.id === null ? { kind: 'gone' } : { kind: 'post', post: row }
}

/** The listed posts before and after a listed one. */
export async function neighboursOf(
  db: BlogDb,
  { id, author_id: author, listed_at: at }: Pick<PostTable, 'id' | 'author_id' | 'listed_at'>,
): Promise<{ readonly previous?: Neighbour; readonly next?: Neighbour }> {
  if (at === null) return {}
  const { rows } = await db.reader.executeQuery<Neighbour & { readonly side: 'previous' | 'next' }>(
    CompiledQuery.raw(NEIGHBOURS, [author, at, id, author, at, id]),
  )
  const previous = rows.find(({ side }) => side === 'previous')
  const next = rows.find(({ side }) => side === 'next')
  return { ...(previous && { previous }), ...(next && { next }) }
}
