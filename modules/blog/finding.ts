import type { App } from '#core'
import { postPath } from './announcement.ts'
import { listedAmong, ownPosts } from './lists.ts'
import type { People } from './people.ts'
import type { Blog } from './posts.ts'
import { listedSummary } from './present.ts'
import { ListedAnswer, ListedQuestion, OwnAnswer, OwnQuestion } from './schema.ts'

const STATUSES = ['draft', 'scheduled', 'published'] as const
const MAX_OWN = 200

/** What those ask who look for posts. */
export function bindFinding(app: App, blog: Blog, people: People): void {
  app.provide('blog.listed', { input: ListedQuestion, output: ListedAnswer }, ({ ids }) =>
    listedOf(blog, people, ids),
  )
  app.provide(
    'blog.own',
    { input: OwnQuestion, output: OwnAnswer, audience: 'core' },
    ({ authorId }) => ownOf(blog, people, authorId),
  )
}

async function listedOf(blog: Blog, people: People, ids: readonly string[]) {
  const posts = await listedAmong(blog.db.reader, ids)
  const authors = await people.withIds(posts.map(({ author_id }) => author_id))
  return posts.flatMap((post) => {
    const author = authors.get(post.author_id)
    return author ? [{ ...listedSummary(post, author.username), authorId: author.id }] : []
  })
}

async function ownOf(blog: Blog, people: People, authorId: string) {
  const author = await people.withId(authorId)
  if (!author) return []
  const { items } = await ownPosts(blog.db.reader, authorId, STATUSES, MAX_OWN)
  return items.map(({ id, title, excerpt, status, slug, published_at: at }) => {
    const isPublic = status === 'published'
    const url = isPublic ? postPath(author.username, slug) : `/write/${id}`
    return { id, title, excerpt, status, url, publishedAt: isPublic ? at : null }
  })
}
