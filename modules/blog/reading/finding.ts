import { type App, beginsIn, type Static, Type } from '#core'
import { postPath } from '../announcement.ts'
import { listedAmong, ownPosts } from './lists.ts'
import type { People } from '../people.ts'
import type { Blog } from '../writing/posts.ts'
import { tagPath } from '../pages/listed.ts'
import { listedSummary } from './present.ts'
import { ListedAnswer, ListedQuestion, OwnAnswer, OwnQuestion } from '../call-schema.ts'
import { mostUsedTags } from '../writing/tags.ts'

const STATUSES = ['draft', 'scheduled', 'published'] as const
const MAX_OWN = 200
/** Rarer tags of a large station are found on their blog. */
const MAX_TAGS = 1_000

const closed = { additionalProperties: false } as const
const TagsQuestion = Type.Object(
  {
    q: Type.String({ minLength: 1, maxLength: 200 }),
    limit: Type.Integer({ minimum: 1, maximum: 100 }),
  },
  closed,
)
const TagsAnswer = Type.Array(
  Type.Object(
    { authorId: Type.String(), slug: Type.String(), name: Type.String(), url: Type.String() },
    closed,
  ),
)

declare global {
  interface QuarkCalls {
    /** Tags of listed posts whose names begin so, each author's by itself, the most used first. */
    'blog.tags': { input: Static<typeof TagsQuestion>; output: Static<typeof TagsAnswer> }
  }
}

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
  app.provide('blog.tags', { input: TagsQuestion, output: TagsAnswer }, ({ q, limit }) =>
    tagsNamed(blog, people, q, limit),
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

async function tagsNamed(blog: Blog, people: People, q: string, limit: number) {
  const used = await mostUsedTags(blog.db.reader, MAX_TAGS)
  const found = used.filter(({ name }) => beginsIn(name, q)).slice(0, limit)
  const authors = await people.withIds(found.map(({ author_id }) => author_id))
  return found.flatMap(({ author_id: authorId, slug, name }) => {
    const author = authors.get(authorId)
    return author ? [{ authorId, slug, name, url: tagPath(author.username, slug) }] : []
  })
}
