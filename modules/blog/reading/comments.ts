import { newId } from '#core'
import { CompiledQuery, sql } from 'kysely'
import { type Cursor, type Slice, sliceOf } from './cursor.ts'
import { type QuarkDoc, RENDERER_VERSION, renderDoc } from '../document/index.ts'
import { isStaff, type Reader } from '../policy.ts'
import type { BlogDb, BlogQueries, CommentKind, CommentStatus, CommentTable } from '../tables.ts'

/** Comments of one page; what lies beyond is read through the API. */
const MAX_ON_PAGE = 1_000

/** A comment ready to be inserted: its text is rendered. */
export interface PreparedComment {
  readonly id: string
  readonly parentId: string | null
  readonly kind: CommentKind
  readonly status: CommentStatus
  readonly authorId: string | null
  readonly authorName: string
  readonly authorUrl: string | null
  readonly doc: QuarkDoc
  readonly html: string
  readonly createdAt: string
  readonly sourceKey: string | null
}

export interface CommentDraft {
  readonly parentId?: string
  readonly kind?: CommentKind
  readonly status?: CommentStatus
  readonly authorId?: string
  readonly authorName: string
  readonly authorUrl?: string
  readonly doc: QuarkDoc
  readonly createdAt: string
  /** Keeps a second import from making it again. */
  readonly sourceKey?: string
}

/** Renders a comment; touches no table. Anchors in it never meet those of the post. */
export async function prepareComment(draft: CommentDraft): Promise<PreparedComment> {
  const id = newId()
  return {
    id,
    parentId: draft.parentId ?? null,
    kind: draft.kind ?? 'comment',
    status: draft.status ?? 'approved',
    authorId: draft.authorId ?? null,
    authorName: draft.authorName,
    authorUrl: draft.authorUrl ?? null,
    doc: draft.doc,
    html: await commentHtml(id, draft.doc),
    createdAt: draft.createdAt,
    sourceKey: draft.sourceKey ?? null,
  }
}

async function commentHtml(id: string, doc: QuarkDoc): Promise<string> {
  return (await renderDoc(doc, { idPrefix: `c-${id.slice(-12)}-` })).html
}

/**
 * Inserts comments of one post and counts its approved ones anew. One whose `sourceKey` is already
 * there is left as it is. Must run in a transaction.
 *
 * @returns how many were new.
 */
export async function insertComments(
  db: BlogQueries,
  postId: string,
  comments: readonly PreparedComment[],
): Promise<number> {
  let inserted = 0
  for (const comment of comments) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('blog_comments')
      .values(rowOf(postId, comment))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    inserted += Number(numInsertedOrUpdatedRows ?? 0n)
  }
  await recountComments(db, postId)
  return inserted
}

function rowOf(postId: string, comment: PreparedComment): CommentTable {
  return {
    id: comment.id,
    post_id: postId,
    parent_id: comment.parentId,
    kind: comment.kind,
    status: comment.status,
    author_id: comment.authorId,
    author_name: comment.authorName,
    author_url: comment.authorUrl,
    doc: JSON.stringify(comment.doc),
    html: comment.html,
    renderer: RENDERER_VERSION,
    created_at: comment.createdAt,
    source_key: comment.sourceKey,
    hidden_why: null,
    withheld: 0,
  }
}

/** Counts the comments that stand under a post. Must run in a transaction. */
export async function recountComments(db: BlogQueries, postId: string): Promise<void> {
  await db
    .updateTable('blog_posts')
    .set((update) => ({
      comment_count: update
        .selectFrom('blog_comments')
        .select((count) => count.fn.countAll<number>().as('count'))
        .where('post_id', '=', postId)
        .where('status', '=', 'approved')
        .where('hidden_why', 'is', null)
        .where('withheld', '=', 0),
    }))
    .where('id', '=', postId)
    .execute()
}

export type ShownComment = Pick<
  CommentTable,
  | 'id'
  | 'parent_id'
  | 'kind'
  | 'author_id'
  | 'author_name'
  | 'author_url'
  | 'html'
  | 'created_at'
  | 'hidden_why'
  | 'withheld'
>

/** A comment in its thread. */
export interface ThreadedComment {
  readonly comment: ShownComment
  /** 0 for a comment on the post itself. */
  readonly depth: number
  readonly parent?: ShownComment
}

export interface Conversation {
  /** In reading order: replies after what they answer, older ones first. */
  readonly comments: readonly ThreadedComment[]
  readonly mentions: readonly ShownComment[]
}

type StoredComment = ShownComment & {
  /** Given only when an older renderer has made the HTML. */
  readonly doc: string | null
}

/** A part of the page that strangers ask for most, so the query is written out. */
const CONVERSATION = `
  select id, parent_id, kind, author_id, author_name, author_url, html, created_at,
    hidden_why, withheld, case when renderer = ? then null else doc end as doc
  from blog_comments
  where post_id = ? and status = 'approved'
    and ((hidden_why is null and withheld = 0) or author_id = ? or 1 = ?)
  order by created_at, id
  limit ${MAX_ON_PAGE}`

/** The approved comments and mentions of a post; what is hidden only for its author and staff. */
export async function conversationOf(
  db: BlogDb,
  postId: string,
  reader: Reader | null,
): Promise<Conversation> {
  const sees = [reader?.id ?? '', isStaff(reader) ? 1 : 0]
  const query = CompiledQuery.raw(CONVERSATION, [RENDERER_VERSION, postId, ...sees])
  const { rows } = await db.reader.executeQuery<StoredComment>(query)
  const isCurrent = rows.every(({ doc }) => doc === null)
  const shown = isCurrent ? rows : await Promise.all(rows.map(withCurrentHtml))
  return {
    comments: threaded(shown.filter(({ kind }) => kind === 'comment')),
    mentions: shown.filter(({ kind }) => kind === 'mention'),
  }
}

/** Comments are short, so one that an older renderer has made is rendered again as it is read. */
async function withCurrentHtml(comment: StoredComment): Promise<ShownComment> {
  if (comment.doc === null) return comment
  return { ...comment, html: await commentHtml(comment.id, JSON.parse(comment.doc) as QuarkDoc) }
}

/**
 * Puts replies after what they answer. A reply to something that is not shown stands as if it
 * answered the post. Walks with its own stack: a thread may be as deep as it likes.
 */
export function threaded(comments: readonly ShownComment[]): ThreadedComment[] {
  const known = new Set(comments.map(({ id }) => id))
  const replies = new Map<string | null, ShownComment[]>()
  for (const comment of comments) {
    const parent =
      comment.parent_id !== null && known.has(comment.parent_id) ? comment.parent_id : null
    const siblings = replies.get(parent)
    if (siblings) siblings.push(comment)
    else replies.set(parent, [comment])
  }
  const ordered: ThreadedComment[] = []
  const first = (replies.get(null) ?? []).toReversed()
  const waiting: ThreadedComment[] = first.map((comment) => ({ comment, depth: 0 }))
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    ordered.push(next)
    const { comment: parent, depth } = next
    for (const reply of replies.get(parent.id)?.toReversed() ?? []) {
      waiting.push({ comment: reply, depth: depth + 1, parent })
    }
  }
  return ordered
}

/** Approved comments and mentions of a post one page at a time, the oldest first. */
export async function listComments(
  db: BlogQueries,
  postId: string,
  reader: Reader | null,
  limit: number,
  after?: Cursor,
): Promise<Slice<ShownComment>> {
  let query = db
    .selectFrom('blog_comments')
    .select([
      'id',
      'parent_id',
      'kind',
      'author_id',
      'author_name',
      'author_url',
      'html',
      'created_at',
      'hidden_why',
      'withheld',
    ])
    .where('post_id', '=', postId)
    .where('status', '=', 'approved')
    .$if(!isStaff(reader), (all) =>
      all.where((or) =>
        or.or([
          or('hidden_why', 'is', null).and('withheld', '=', 0),
          or('author_id', '=', reader?.id ?? ''),
        ]),
      ),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit + 1)
  if (after) query = query.where(sql<boolean>`(created_at, id) > (${after.at}, ${after.id})`)
  return sliceOf(await query.execute(), limit, ({ created_at, id }) => ({ at: created_at, id }))
}
