import { announce } from '../announcement.ts'
import { type ContentInput, type ReadContent, readContent } from './content.ts'
import { mergeDetails, type PostDetails, sameDetails, type TagName } from './details.ts'
import { changedBlocks, type QuarkDoc } from '../document/index.ts'
import { blogErrors } from '../errors.ts'
import { unlessHidingChanged } from '../hiding/hiding.ts'
import { listedAt, relist } from './listing.ts'
import { mergeDocs } from './merge.ts'
import { hashPassword } from '../password.ts'
import { claimPictures, keepPictures } from '../pictures.ts'
import {
  type Author,
  type Blog,
  conflict,
  currentDoc,
  detailsIn,
  ownPost,
  readingColumns,
  requireCover,
} from './posts.ts'
import { requireMayPublish } from './publication.ts'
import { keepReading, readDoc, type Reading } from '../reading/reading.ts'
import { findRevision, keepRevision, type Revision } from './revisions.ts'
import { claimSlug, releaseSlugs, requireSlug, slugFromTitle } from './slugs.ts'
import type { BlogTransaction, PostTable } from '../tables.ts'
import { claimTags, tagNames } from './tags.ts'

/** What a person changes; absent members stay as they are. An empty slug follows the title. */
export type PostChange = Partial<PostDetails> & {
  readonly content?: ContentInput
  /** null takes the password away. */
  readonly password?: string | null
}

export interface Edited {
  readonly post: PostTable
  readonly dropped: ReadContent['dropped']
}

/** Saves that meet at the same moment are merged one after the other; more than this is no accident. */
const MAX_ATTEMPTS = 5

/**
 * Changes a post. A change made on an older revision is merged, block by block and field by field;
 * where both sides touched the same place nothing is saved. A change that changes nothing makes no
 * revision.
 *
 * @throws QL_BLOG_BASE_REQUIRED, QL_BLOG_CONFLICT with `base`, `current`, `blocks`, `fields`,
 * QL_BLOG_POST_NOT_FOUND, and what a text, slug, tag or cover may be refused for.
 */
export async function updatePost(
  blog: Blog,
  author: Author,
  id: string,
  baseRev: number | undefined,
  change: PostChange,
): Promise<Edited> {
  if (baseRev === undefined) throw blogErrors.QL_BLOG_BASE_REQUIRED()
  const checked = await checkedChange(blog, change)
  for (let attempt = 1; ; attempt++) {
    const post = await ownPost(blog.db.reader, author.id, id)
    if (opens(post, change)) await requireMayPublish(blog, author.id)
    const plan = await planChange(blog, author, post, baseRev, checked)
    if (plan === null) return { post, dropped: [] }
    const saved = await blog.db.transaction((tx) => savePlan(tx, author, plan))
    if (saved) return { post: saved, dropped: plan.dropped }
    if (attempt === MAX_ATTEMPTS) throw conflict(baseRev, post.rev)
  }
}

/** What only its author could see is to be seen by others. */
function opens(post: PostTable, { visibility = 'private' }: PostChange): boolean {
  return post.status === 'published' && post.visibility === 'private' && visibility !== 'private'
}

interface CheckedChange {
  readonly details: Partial<PostDetails>
  readonly content?: ContentInput
  /** undefined: leave it. */
  readonly password?: string | null
}

async function checkedChange(blog: Blog, change: PostChange): Promise<CheckedChange> {
  const { content, password, ...details } = change
  if (details.slug !== undefined && details.slug !== '') requireSlug(details.slug)
  await requireCover(blog.media, details.cover)
  return {
    details: details.tags === undefined ? details : { ...details, tags: tagNames(details.tags) },
    ...(content === undefined ? {} : { content }),
    ...(password === undefined
      ? {}
      : { password: password === null ? null : await hashPassword(password) }),
  }
}

/** All of a change that can be prepared before the transaction. */
interface Plan {
  readonly before: PostTable
  readonly doc: QuarkDoc
  readonly details: PostDetails
  readonly reading: Reading
  /** Of the author, claimed. */
  readonly pictures: readonly string[]
  readonly blocks: readonly string[]
  readonly dropped: ReadContent['dropped']
  readonly password: string | null
  /** The wish; the address itself is taken in the transaction. */
  readonly wantsOwnSlug: boolean
  readonly now: string
}

/** null when nothing would change. */
async function planChange(
  blog: Blog,
  author: Author,
  post: PostTable,
  baseRev: number,
  change: CheckedChange,
): Promise<Plan | null> {
  const current = { doc: await currentDoc(blog.db.reader, post), details: detailsIn(post) }
  const base = await baseOf(blog, post, baseRev, current)
  const read = change.content && (await readContent(change.content, base.doc))
  const { doc, blocks } = merged(base.doc, current.doc, read?.doc)
  const wishes = wishesFor(post, change.details)
  const { details, conflicts } = mergeDetails(base.details, current.details, wishes)
  if (blocks.length > 0 || conflicts.length > 0) {
    throw conflict(baseRev, post.rev, blocks, conflicts)
  }
  const changed = changedBlocks(current.doc, doc)
  const password = change.password === undefined ? post.password : change.password
  const looksAlike = sameDetails(details, current.details) && password === post.password
  if (changed.length === 0 && looksAlike) return null
  return {
    before: post,
    doc,
    details,
    reading: await readDoc(doc, details.cover, blog.media),
    pictures: await claimPictures(blog.media, author, post.id, doc, details.cover),
    blocks: changed,
    dropped: read?.dropped ?? [],
    password,
    wantsOwnSlug: wantsOwnSlug(post, current.details, details),
    now: blog.clock.now().toISOString(),
  }
}

type Version = Pick<Revision, 'doc' | 'details'>

/** What the change was made on. @throws QL_BLOG_CONFLICT when there is no such revision. */
async function baseOf(
  { db }: Blog,
  { id, rev }: PostTable,
  baseRev: number,
  current: Version,
): Promise<Version> {
  if (baseRev === rev) return current
  const base = await findRevision(db.reader, id, baseRev)
  if (!base) throw conflict(baseRev, rev)
  return base
}

/** An address that was never chosen by hand already follows the title. */
function wishesFor(post: PostTable, wished: Partial<PostDetails>): Partial<PostDetails> {
  if (wished.slug !== '' || post.slug_by_hand === 1) return wished
  const { slug: _slug, ...others } = wished
  return others
}

function merged(
  base: QuarkDoc,
  current: QuarkDoc,
  next: QuarkDoc | undefined,
): { readonly doc: QuarkDoc; readonly blocks: readonly string[] } {
  if (next === undefined) return { doc: current, blocks: [] }
  if (base === current) return { doc: next, blocks: [] }
  const result = mergeDocs(base, current, next)
  return result.blocks ? { doc: current, blocks: result.blocks } : { doc: result.doc, blocks: [] }
}

function wantsOwnSlug(post: PostTable, current: PostDetails, next: PostDetails): boolean {
  if (next.slug === '') return false
  return next.slug !== current.slug || post.slug_by_hand === 1
}

/** undefined when somebody else has saved since the plan was made. */
async function savePlan(
  tx: BlogTransaction,
  author: Author,
  plan: Plan,
): Promise<PostTable | undefined> {
  const { before, details, reading, now } = plan
  const { db } = tx
  const { numUpdatedRows } = await db
    .updateTable('blog_posts')
    .set({ rev: before.rev + 1 })
    .where('id', '=', before.id)
    .where('rev', '=', before.rev)
    .where('status', '=', before.status)
    .where(unlessHidingChanged(before))
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return undefined
  const slug = await slugFor(tx, plan)
  const tags: TagName[] = await claimTags(db, author.id, details.tags)
  const row: PostTable = {
    ...before,
    ...readingColumns(reading, details.lead),
    title: details.title,
    lead: details.lead,
    visibility: details.visibility,
    slug,
    slug_by_hand: plan.wantsOwnSlug ? 1 : 0,
    cover: details.cover === null ? null : JSON.stringify(details.cover),
    tags: JSON.stringify(tags),
    pinned: details.pinned ? 1 : 0,
    password: plan.password,
    rev: before.rev + 1,
    updated_at: now,
  }
  const after = { ...row, listed_at: listedAt(row) }
  const { id: _id, author_id: _author, ...columns } = after
  await db.updateTable('blog_posts').set(columns).where('id', '=', before.id).execute()
  await keepRevision(db, after, author.id, { doc: plan.doc, details: { ...details, slug } })
  await keepReading(db, after.id, after.rev, reading)
  await keepPictures(db, after.id, plan.pictures)
  await relist(db, before, after)
  await announce(tx, author.username, before, after, plan.blocks)
  return after
}

/** Until its first publication a post moves with its title and leaves nothing behind. */
async function slugFor({ db }: BlogTransaction, plan: Plan): Promise<string> {
  const { before, details, wantsOwnSlug: isOwn, now } = plan
  const post = { id: before.id, authorId: before.author_id }
  const wasOut = before.published_at !== null
  const follows = !isOwn && (details.slug === '' || (!wasOut && details.title !== before.title))
  if (!follows && details.slug === before.slug) return before.slug
  const wish = follows ? slugFromTitle(details.title, before.id) : details.slug
  if (!wasOut) await releaseSlugs(db, before.id)
  return claimSlug(db, post, wish, now)
}
