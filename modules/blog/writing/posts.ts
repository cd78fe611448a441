import { type Clock, type Media, newId } from '#core'
import { announce } from '../announcement.ts'
import { type ContentInput, type ReadContent, readContent } from './content.ts'
import type { Cover, PostDetails, TagName } from './details.ts'
import type { QuarkDoc } from '../document/index.ts'
import { postOfSource } from './draft-key.ts'
import { blogErrors } from '../errors.ts'
import { claimOf, claimPictures, keepPictures } from '../pictures.ts'
import { listedAt, relist } from './listing.ts'
import { hashPassword } from '../password.ts'
import { keepReading, readDoc, type Reading } from '../reading/reading.ts'
import { keepRevision } from './revisions.ts'
import { claimSlug, releaseSlugs, requireSlug, slugFromTitle } from './slugs.ts'
import type { BlogDb, BlogQueries, PostKind, PostTable, Visibility } from '../tables.ts'
import { claimTags, tagNames } from './tags.ts'

/** What the domain works with: the tables, pictures, and what time it is. */
export interface Blog {
  readonly db: BlogDb
  readonly media: Media
  readonly clock: Clock
  /** Whether what this person makes public may be shown to everybody. */
  readonly mayPublish: (userId: string) => Promise<boolean>
}

/** Whose blog it is; the name is part of every address. */
export interface Author {
  readonly id: string
  readonly username: string
}

export interface PostDraft {
  readonly title: string
  readonly content: ContentInput
  readonly lead?: string
  readonly tags?: readonly string[]
  /** Made from the title when absent. */
  readonly slug?: string
  readonly visibility?: Visibility
  readonly cover?: Cover | null
  readonly pinned?: boolean
  readonly password?: string | null
  readonly kind?: PostKind
  /** Keeps a second import, or a request sent twice, from making it again. */
  readonly sourceKey?: string
}

/** A post ready to be inserted: all that waits for something has been waited for. */
export interface PreparedPost {
  readonly id: string
  readonly draft: PostDraft
  readonly read: ReadContent
  readonly tags: readonly string[]
  readonly reading: Reading
  readonly password: string | null
}

/** When a new post stands where; absent: a draft of now. */
export interface Placement {
  readonly status?: PostTable['status']
  readonly publishedAt?: string
  readonly publishAt?: string
  readonly createdAt?: string
  readonly updatedAt?: string
}

/**
 * Reads, checks and renders a new post; touches no table.
 *
 * @throws QL_BLOG_DOCUMENT, QL_BLOG_SLUG_INVALID, QL_BLOG_SLUG_RESERVED, QL_BLOG_TAG_INVALID,
 * QL_BLOG_PICTURE_MISSING.
 */
export async function preparePost(blog: Blog, draft: PostDraft): Promise<PreparedPost> {
  if (draft.slug !== undefined) requireSlug(draft.slug)
  const tags = tagNames(draft.tags ?? [])
  await requireCover(blog.media, draft.cover)
  const read = await readContent(draft.content)
  const reading = await readDoc(read.doc, draft.cover ?? null, blog.media)
  const { password = null } = draft
  return {
    id: newId(),
    draft,
    read,
    tags,
    reading,
    password: password === null ? null : await hashPassword(password),
  }
}

/** @throws QL_BLOG_PICTURE_MISSING when the cover is not a stored picture. */
export async function requireCover(media: Media, cover: Cover | null | undefined): Promise<void> {
  if (!cover) return
  const [found] = await media.find([cover.mediaId])
  if (found) return
  const { en, ru } = blogErrors.QL_BLOG_PICTURE_MISSING().entry
  const problem = { path: '/cover/mediaId', code: 'QL_BLOG_PICTURE_MISSING', en, ru }
  throw blogErrors.QL_BLOG_PICTURE_MISSING({ errors: [problem] })
}

/**
 * Inserts a prepared post and says nothing about it: who inserts decides what to announce. Must run
 * in a transaction; several may share one.
 *
 * @returns null when a post of the same `sourceKey` is already there.
 */
export async function insertPost(
  db: BlogQueries,
  author: Author,
  prepared: PreparedPost,
  now: string,
  placement: Placement = {},
  pictures: readonly string[] = [],
): Promise<PostTable | null> {
  const { id, draft, read, reading } = prepared
  const { sourceKey } = draft
  if (sourceKey !== undefined && (await postOfSource(db, author.id, sourceKey))) return null
  const wish = draft.slug ?? slugFromTitle(draft.title, id)
  const slug = await claimSlug(db, { id, authorId: author.id }, wish, now)
  const tags = await claimTags(db, author.id, prepared.tags)
  const row = newRow({ author, prepared, slug, tags, now, placement })
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('blog_posts')
    .values(row)
    .onConflict((key) => key.columns(['author_id', 'source_key']).doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) {
    /* The same source, at the same moment, in another process. */
    await releaseSlugs(db, id)
    return null
  }
  await keepRevision(db, row, author.id, { doc: read.doc, details: detailsIn(row) })
  await keepReading(db, id, row.rev, reading)
  await keepPictures(db, id, pictures)
  await relist(db, null, row)
  return row
}

interface NewRow {
  readonly author: Author
  readonly prepared: PreparedPost
  readonly slug: string
  readonly tags: readonly TagName[]
  readonly now: string
  readonly placement: Placement
}

function newRow({ author, prepared, slug, tags, now, placement }: NewRow): PostTable {
  const { id, draft, password, reading } = prepared
  const { status = 'draft', publishedAt = null, publishAt = null } = placement
  const drafted = draftColumns(draft)
  const row = {
    ...drafted,
    ...readingColumns(reading, drafted.lead),
    id,
    author_id: author.id,
    status,
    slug,
    tags: JSON.stringify(tags),
    rev: 1,
    password,
    comment_count: 0,
    publish_at: publishAt,
    published_at: publishedAt,
    listed_at: null,
    created_at: placement.createdAt ?? now,
    updated_at: placement.updatedAt ?? now,
    hidden_why: null,
    withheld: 0,
  } satisfies PostTable
  return { ...row, listed_at: listedAt(row) }
}

function draftColumns(draft: PostDraft) {
  const { kind = 'post', visibility = 'public', lead = '', pinned = false, sourceKey } = draft
  return {
    kind,
    visibility,
    title: draft.title,
    lead,
    slug_by_hand: draft.slug === undefined ? 0 : 1,
    cover: draft.cover ? JSON.stringify(draft.cover) : null,
    pinned: pinned ? 1 : 0,
    source_key: sourceKey ?? null,
  } as const
}

/** What a row keeps of the rendered text. */
export function readingColumns({ excerpt, lang, words, minutes, image }: Reading, lead: string) {
  return {
    excerpt: lead === '' ? excerpt : lead,
    lang,
    words,
    minutes,
    image: image === null ? null : JSON.stringify(image),
  }
}

/** The details of a post as its revision keeps them. */
export function detailsIn(row: PostTable): PostDetails {
  return {
    title: row.title,
    lead: row.lead,
    tags: (JSON.parse(row.tags) as TagName[]).map(({ name }) => name),
    slug: row.slug,
    visibility: row.visibility,
    cover: row.cover === null ? null : (JSON.parse(row.cover) as Cover),
    pinned: row.pinned === 1,
  }
}

export interface Begun {
  readonly post: PostTable
  /** False when the source had begun it before: then nothing of this draft was taken. */
  readonly isNew: boolean
  readonly dropped: ReadContent['dropped']
}

/** Begins a post, once for each source. @throws what {@link preparePost} throws. */
export async function createPost(
  blog: Blog,
  author: Author,
  draft: PostDraft,
  placement: Placement = {},
): Promise<Begun> {
  const prepared = await preparePost(blog, draft)
  const now = blog.clock.now().toISOString()
  const { id, read } = prepared
  const pictures = await claimPictures(blog.media, author, id, read.doc, draft.cover ?? null)
  const made = await blog.db.transaction(async (tx) => {
    const row = await insertPost(tx.db, author, prepared, now, placement, pictures)
    if (row) await announce(tx, author.username, null, row)
    return row
  })
  if (made) return { post: made, isNew: true, dropped: prepared.read.dropped }
  await blog.media.release(claimOf(id))
  const post = await postOfSource(blog.db.reader, author.id, draft.sourceKey ?? '')
  if (!post) throw new Error(`The source ${draft.sourceKey ?? ''} was there and is gone`)
  return { post, isNew: false, dropped: [] }
}

/** A post of this author. @throws QL_BLOG_POST_NOT_FOUND for anybody else's. */
export async function ownPost(db: BlogQueries, authorId: string, id: string): Promise<PostTable> {
  const row = await db
    .selectFrom('blog_posts')
    .selectAll()
    .where('id', '=', id)
    .where('author_id', '=', authorId)
    .executeTakeFirst()
  if (!row) throw blogErrors.QL_BLOG_POST_NOT_FOUND()
  return row
}

/** The text of a post as it is now. */
export async function currentDoc(
  db: BlogQueries,
  post: Pick<PostTable, 'id' | 'rev'>,
): Promise<QuarkDoc> {
  const { doc } = await db
    .selectFrom('blog_revisions')
    .select('doc')
    .where('post_id', '=', post.id)
    .where('rev', '=', post.rev)
    .executeTakeFirstOrThrow()
  return JSON.parse(doc) as QuarkDoc
}

/** @throws QL_BLOG_CONFLICT when the post has moved on since `baseRev`. */
export function requireCurrent(post: Pick<PostTable, 'rev'>, baseRev: number | undefined): void {
  if (baseRev === undefined || baseRev === post.rev) return
  throw conflict(baseRev, post.rev)
}

export function conflict(
  base: number,
  current: number,
  blocks: readonly string[] = [],
  fields: readonly string[] = [],
) {
  const members = { base, current, blocks, ...(fields.length > 0 ? { fields } : {}) }
  return blogErrors.QL_BLOG_CONFLICT({ values: { current }, members })
}
