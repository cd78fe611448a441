import {
  type App,
  type Moderated,
  type ModerationOrder,
  provideToModerators,
  type Reported,
} from '#core'
import { postPath } from '../announcement.ts'
import { plainText, type QuarkDoc } from '../document/index.ts'
import { hideComment, hidePost, stateOf, tellThread } from './hiding.ts'
import type { People } from '../people.ts'
import { isKeptBack } from '../policy.ts'
import { type Blog, currentDoc } from '../writing/posts.ts'
import { deletePost } from '../writing/removal.ts'
import type { BlogQueries, CommentTable, PostTable } from '../tables.ts'

const MAX_EXCERPT = 600
const ACTS: Reported['acts'] = ['hide', 'restore', 'delete']
const GONE: Moderated = { before: 'gone', after: 'gone' }

/** What moderators may see and take down: posts, and comments under them. */
export function bindModeration(app: App, blog: Blog, people: People): void {
  provideToModerators(app, 'post', {
    reported: (id) => reportedPost(blog, people, id),
    moderate: (order) => moderatePost(blog, people, order),
  })
  provideToModerators(app, 'comment', {
    reported: (id) => reportedComment(blog, people, id),
    moderate: (order) => moderateComment(blog, order),
  })
}

async function reportedPost(blog: Blog, people: People, id: string): Promise<Reported | null> {
  const post = await findPost(blog.db.reader, id)
  if (!post) return null
  const author = await people.withId(post.author_id)
  const state = stateOf(post)
  const isClosed = state === 'closed'
  return {
    title: isClosed ? '' : post.title,
    excerpt: isClosed ? '' : excerptOf(await currentDoc(blog.db.reader, post)),
    authorId: post.author_id,
    authorName: author?.name ?? null,
    url: author ? postPath(author.username, post.slug) : null,
    state,
    acts: ACTS,
  }
}

async function moderatePost(
  blog: Blog,
  people: People,
  { id, act, reason }: ModerationOrder,
): Promise<Moderated> {
  const post = await findPost(blog.db.reader, id)
  if (!post) return GONE
  if (act === 'delete') {
    await deletePost(blog, post.author_id, id)
    return { before: stateOf(post), after: 'gone' }
  }
  const author = await people.withId(post.author_id)
  const why = act === 'hide' ? required(reason) : null
  const moved = await blog.db.transaction((tx) =>
    hidePost(tx, { username: author?.username ?? '' }, id, why),
  )
  return moved ? { before: stateOf(moved.before), after: stateOf(moved.after) } : GONE
}

async function reportedComment(blog: Blog, people: People, id: string): Promise<Reported | null> {
  const comment = await findComment(blog.db.reader, id)
  const post = comment && (await findPost(blog.db.reader, comment.post_id))
  if (!comment || !post) return null
  const owner = await people.withId(post.author_id)
  const state = commentState(comment)
  return {
    title: post.title,
    excerpt: state === 'closed' ? '' : excerptOf(JSON.parse(comment.doc) as QuarkDoc),
    authorId: comment.author_id,
    authorName: comment.author_name,
    url: owner ? `${postPath(owner.username, post.slug)}#comment-${id}` : null,
    state,
    acts: ACTS,
  }
}

async function moderateComment(
  blog: Blog,
  { id, act, reason }: ModerationOrder,
): Promise<Moderated> {
  return blog.db.transaction(async (tx) => {
    const comment = await findComment(tx.db, id)
    if (!comment) return GONE
    const before = commentState(comment)
    if (act === 'delete') {
      /* Answers to it stay and stand under the post. */
      await tx.db.deleteFrom('blog_comments').where('id', '=', id).execute()
      await tellThread(tx, comment.post_id)
      return { before, after: 'gone' }
    }
    await hideComment(tx, id, act === 'hide' ? required(reason) : null)
    const after = await findComment(tx.db, id)
    return after ? { before, after: commentState(after) } : GONE
  })
}

function findPost(db: BlogQueries, id: string): Promise<PostTable | undefined> {
  return db.selectFrom('blog_posts').selectAll().where('id', '=', id).executeTakeFirst()
}

function findComment(db: BlogQueries, id: string): Promise<CommentTable | undefined> {
  return db.selectFrom('blog_comments').selectAll().where('id', '=', id).executeTakeFirst()
}

function commentState(comment: CommentTable): Reported['state'] {
  if (isKeptBack(comment)) return 'hidden'
  return comment.status === 'approved' ? 'shown' : 'closed'
}

function excerptOf(doc: QuarkDoc): string {
  const letters = Array.from(plainText(doc))
  return letters.length > MAX_EXCERPT
    ? `${letters.slice(0, MAX_EXCERPT - 1).join('')}…`
    : letters.join('')
}

function required<T>(reason: T | undefined): T {
  if (reason === undefined) throw new Error('Nothing is hidden from people without a reason')
  return reason
}
