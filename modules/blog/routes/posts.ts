import type { Actor, App, ModuleRequest, ModuleResponse } from '#core'
import { type ContentInput } from '../writing/content.ts'
import {
  currentDoc,
  createPost,
  type Blog,
  type Placement,
  type PostDraft,
} from '../writing/posts.ts'
import { markdownFromDoc } from '../document/index.ts'
import { sourceOfKey } from '../writing/draft-key.ts'
import { updatePost } from '../writing/editing.ts'
import { blogErrors } from '../errors.ts'
import type { People } from '../people.ts'
import { canRead, canSee, isAuthor } from '../policy.ts'
import { postOf } from '../reading/present.ts'
import { published, requireInstant, requireMayPublish } from '../writing/publication.ts'
import { currentReading } from '../reading/reading.ts'
import { deletePost } from '../writing/removal.ts'
import { BaseQuery, FormatQuery, NewPost, PostParams, PostPatch, PostSchema } from '../schema.ts'
import type { PostTable } from '../tables.ts'

/** Posts as clients write and read them: `/api/v1/posts`. */
export function bindPosts(app: App, blog: Blog, people: People): void {
  app.route(
    'POST',
    '/api/v1/posts',
    {
      policy: 'member',
      summary: 'Begin a post; with a `key`, once: 200 is the post as it is, nothing was changed',
      body: NewPost,
      responses: { 200: PostSchema, 201: PostSchema },
      limit: { max: 60, windowS: 60 },
    },
    (request) => create(blog, request),
  )
  app.route(
    'GET',
    '/api/v1/posts/:id',
    {
      policy: 'public',
      summary: 'Read a post',
      params: PostParams,
      query: FormatQuery,
      responses: { 200: PostSchema },
    },
    (request) => show(blog, people, request),
  )
  app.route(
    'PATCH',
    '/api/v1/posts/:id',
    {
      policy: 'member',
      summary: 'Change a post; other changes since `baseRev` are merged block by block',
      params: PostParams,
      body: PostPatch,
      responses: { 200: PostSchema },
      limit: { max: 240, windowS: 60 },
    },
    (request) => update(blog, request),
  )
  app.route(
    'DELETE',
    '/api/v1/posts/:id',
    {
      policy: 'member',
      summary: 'Remove a post for good',
      params: PostParams,
      query: BaseQuery,
    },
    (request) => remove(blog, request),
  )
}

async function create(
  blog: Blog,
  { actor, body }: ModuleRequest<NewPost>,
): Promise<ModuleResponse> {
  const author = signedIn(actor)
  if (body.status === 'published') await requireMayPublish(blog, author.id)
  const { status = 'draft', publishAt, content, slug, excerpt: lead = '', key, ...rest } = body
  const draft: PostDraft = {
    ...rest,
    lead,
    content,
    ...(slug === undefined || slug === '' ? {} : { slug }),
    ...(key === undefined ? {} : { sourceKey: sourceOfKey(key) }),
  }
  const placement = placed(blog, status, publishAt)
  const { post, isNew, dropped } = await createPost(blog, author, draft, placement)
  return {
    status: isNew ? 201 : 200,
    headers: { location: `/api/v1/posts/${post.id}` },
    body: postOf(post, author.username, { dropped, isOpen: true }),
  }
}

function placed(
  blog: Blog,
  status: 'draft' | 'published',
  publishAt: string | undefined,
): Placement {
  const at = publishAt === undefined ? undefined : requireInstant(publishAt)
  if (status === 'draft') return {}
  const now = blog.clock.now().toISOString()
  const state = published({ status: 'draft', published_at: null }, now, at)
  return {
    status: state.status,
    ...(state.publish_at === null ? {} : { publishAt: state.publish_at }),
    ...(state.published_at === null ? {} : { publishedAt: state.published_at }),
  }
}

async function show(blog: Blog, people: People, request: ModuleRequest): Promise<ModuleResponse> {
  const { actor, params, query } = request
  const post = await seenPost(blog, actor, params['id'] ?? '')
  const author = isAuthor(actor, post) ? actor : await people.withId(post.author_id)
  if (!author) throw blogErrors.QL_BLOG_POST_NOT_FOUND()
  const isOpen = canRead(actor, post)
  const content = isOpen ? await contentOf(blog, post, query['format']) : undefined
  return {
    body: postOf(post, author.username, { isOpen, ...(content ? { content } : {}) }),
  }
}

/** A post this person may know of. @throws QL_BLOG_POST_NOT_FOUND. */
export async function seenPost(blog: Blog, actor: Actor | null, id: string): Promise<PostTable> {
  const post = await blog.db.reader
    .selectFrom('blog_posts')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!post || !canSee(actor, post)) throw blogErrors.QL_BLOG_POST_NOT_FOUND()
  return post
}

async function contentOf(blog: Blog, post: PostTable, format = 'doc'): Promise<ContentInput> {
  if (format === 'html') return { html: (await currentReading(blog.db, blog.media, post)).html }
  const doc = await currentDoc(blog.db.reader, post)
  return format === 'markdown' ? { markdown: await markdownFromDoc(doc) } : { doc }
}

async function update(
  blog: Blog,
  { actor, params, body }: ModuleRequest<PostPatch>,
): Promise<ModuleResponse> {
  const author = signedIn(actor)
  const { baseRev, excerpt: lead, ...rest } = body
  const change = lead === undefined ? rest : { ...rest, lead }
  const { post, dropped } = await updatePost(blog, author, params['id'] ?? '', baseRev, change)
  return { body: postOf(post, author.username, { dropped, isOpen: true }) }
}

async function remove(
  blog: Blog,
  { actor, params, query }: ModuleRequest,
): Promise<ModuleResponse> {
  const baseRev = query['baseRev']
  await deletePost(
    blog,
    signedIn(actor).id,
    params['id'] ?? '',
    baseRev === undefined ? undefined : Number(baseRev),
  )
  return { status: 204 }
}

/** The policy of the route lets nobody else in. */
export function signedIn(actor: Actor | null): Actor {
  if (actor) return actor
  throw blogErrors.QL_BLOG_POST_NOT_FOUND()
}
