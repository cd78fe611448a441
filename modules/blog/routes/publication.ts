import type { App, ModuleResponse } from '#core'
import type { Blog } from '../writing/posts.ts'
import { postOf } from '../reading/present.ts'
import { publishPost, unpublishPost } from '../writing/publication.ts'
import { BaseBody, BaseQuery, PostParams, PostSchema, Publication } from '../schema.ts'
import type { PostTable } from '../tables.ts'
import { signedIn } from './posts.ts'

/** Whether a post is out is a thing of its own: `/api/v1/posts/:id/publication`. */
export function bindPublication(app: App, blog: Blog): void {
  app.route(
    'PUT',
    '/api/v1/posts/:id/publication',
    {
      policy: 'member',
      summary: 'Publish a post now, or at `publishAt`',
      params: PostParams,
      body: Publication,
      responses: { 200: PostSchema },
    },
    async ({ actor, params, body }) => {
      const author = signedIn(actor)
      const { baseRev, publishAt } = body
      const post = await publishPost(blog, author, params['id'] ?? '', baseRev, publishAt)
      return answer(post, author.username)
    },
  )
  app.route(
    'DELETE',
    '/api/v1/posts/:id/publication',
    {
      policy: 'member',
      summary: 'Take a post back into the drafts; `baseRev` in the body or the query',
      params: PostParams,
      query: BaseQuery,
      body: BaseBody,
      responses: { 200: PostSchema },
    },
    async ({ actor, params, query, body }) => {
      const author = signedIn(actor)
      const asked = query['baseRev'] === undefined ? body?.baseRev : Number(query['baseRev'])
      const post = await unpublishPost(blog, author, params['id'] ?? '', asked)
      return answer(post, author.username)
    },
  )
}

function answer(post: PostTable, username: string): ModuleResponse {
  return { body: postOf(post, username, { isOpen: true }) }
}
