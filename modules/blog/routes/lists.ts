import type { App, ModuleRequest, ModuleResponse } from '#core'
import { listComments } from '../reading/comments.ts'
import { cursorFrom, cursorText } from '../reading/cursor.ts'
import { blogErrors } from '../errors.ts'
import { listPosts } from '../reading/lists.ts'
import type { People } from '../people.ts'
import { canRead, isKeptBack } from '../policy.ts'
import { ownPost, type Blog } from '../writing/posts.ts'
import { listedSummary } from '../reading/present.ts'
import { listRevisions } from '../writing/revisions.ts'
import {
  CommentListSchema,
  ListQuery,
  PostListSchema,
  PostParams,
  RevisionListSchema,
  UserParams,
} from '../schema.ts'
import { seenPost, signedIn } from './posts.ts'

const PAGE = 20

/** Lists: posts of a person, revisions and comments of a post. */
export function bindLists(app: App, blog: Blog, people: People): void {
  app.route(
    'GET',
    '/api/v1/users/:username/posts',
    {
      policy: 'public',
      summary: 'Listed posts of a person, the newest first',
      params: UserParams,
      query: ListQuery,
      responses: { 200: PostListSchema },
    },
    (request) => userPosts(blog, people, request),
  )
  app.route(
    'GET',
    '/api/v1/feed',
    {
      policy: 'member',
      summary: 'Posts of those whom you follow, the newest first',
      query: ListQuery,
      responses: { 200: PostListSchema },
    },
    (request) => followedPosts(blog, people, request),
  )
  app.route(
    'GET',
    '/api/v1/posts/:id/revisions',
    {
      policy: 'member',
      summary: 'Revisions of your own post, the newest first',
      params: PostParams,
      query: ListQuery,
      responses: { 200: RevisionListSchema },
    },
    (request) => revisions(blog, request),
  )
  app.route(
    'GET',
    '/api/v1/posts/:id/comments',
    {
      policy: 'public',
      summary: 'Approved comments of a post, the oldest first; `parentId` makes the tree',
      params: PostParams,
      query: ListQuery,
      responses: { 200: CommentListSchema },
    },
    (request) => comments(blog, request),
  )
}

async function userPosts(
  blog: Blog,
  people: People,
  { params, query }: ModuleRequest,
): Promise<ModuleResponse> {
  const person = await people.named(params['username'] ?? '')
  if (!person) throw blogErrors.QL_BLOG_BLOG_NOT_FOUND()
  const part = { authorId: person.id }
  const after = cursorFrom(query['cursor'])
  const { items, next } = await listPosts(blog.db.reader, part, limitOf(query), after)
  return {
    body: {
      items: items.map((post) => listedSummary(post, person.username)),
      nextCursor: next ? cursorText(next) : null,
    },
  }
}

async function followedPosts(
  blog: Blog,
  people: People,
  { actor, query }: ModuleRequest,
): Promise<ModuleResponse> {
  const part = { authorIds: await people.followedBy(signedIn(actor).id) }
  const after = cursorFrom(query['cursor'])
  const { items, next } = await listPosts(blog.db.reader, part, limitOf(query), after)
  const names = await people.usernames(items.map(({ author_id }) => author_id))
  return {
    body: {
      items: items.flatMap((post) => {
        const username = names.get(post.author_id)
        return username === undefined ? [] : [listedSummary(post, username)]
      }),
      nextCursor: next ? cursorText(next) : null,
    },
  }
}

async function revisions(
  blog: Blog,
  { actor, params, query }: ModuleRequest,
): Promise<ModuleResponse> {
  const { reader } = blog.db
  const post = await ownPost(reader, signedIn(actor).id, params['id'] ?? '')
  const before = query['cursor']
  if (before !== undefined && !/^\d{1,9}$/.test(before)) throw blogErrors.QL_BLOG_CURSOR()
  const { items, next } = await listRevisions(
    reader,
    post.id,
    limitOf(query),
    before === undefined ? undefined : Number(before),
  )
  return { body: { items: [...items], nextCursor: next === undefined ? null : String(next) } }
}

async function comments(
  blog: Blog,
  { actor, params, query }: ModuleRequest,
): Promise<ModuleResponse> {
  const post = await seenPost(blog, actor, params['id'] ?? '')
  if (!canRead(actor, post)) throw blogErrors.QL_BLOG_POST_NOT_FOUND()
  const after = cursorFrom(query['cursor'])
  const { items, next } = await listComments(blog.db.reader, post.id, actor, limitOf(query), after)
  return {
    body: {
      items: items.map((comment) => ({
        id: comment.id,
        parentId: comment.parent_id,
        kind: comment.kind,
        authorId: comment.author_id,
        name: comment.author_name,
        url: comment.author_url,
        html: comment.html,
        createdAt: comment.created_at,
        ...(isKeptBack(comment) ? { hidden: true } : {}),
      })),
      nextCursor: next ? cursorText(next) : null,
    },
  }
}

function limitOf(query: Readonly<Record<string, string>>): number {
  return Number(query['limit'] ?? PAGE)
}
