import { type App, provideCounts, Type } from '#core'
import { postPath } from './announcement.ts'
import { plainText } from './document/index.ts'
import { blogErrors } from './errors.ts'
import { LISTED_COLUMNS, listPosts } from './reading/lists.ts'
import { listedPost } from './pages/listed.ts'
import { editPath } from './pages/write-view.ts'
import type { People } from './people.ts'
import { canRead } from './policy.ts'
import { type Blog, createPost, currentDoc } from './writing/posts.ts'
import { listedSummary, tagsOf } from './reading/present.ts'
import { currentReading } from './reading/reading.ts'
import {
  CardQuestion,
  DraftOrder,
  DraftPlace,
  LatestQuestion,
  PostCard,
  PostQuestion,
  PublicPost,
} from './call-schema.ts'
import { PostSummarySchema } from './schema.ts'

/** What other modules may ask. Nobody learns more here than a stranger reads. */
export function bindCalls(app: App, blog: Blog, people: People): void {
  app.provide(
    'blog.post',
    { input: PostQuestion, output: Type.Union([PublicPost, Type.Null()]) },
    ({ id }) => publicPost(blog, people, id),
  )
  app.provide(
    'blog.card',
    { input: CardQuestion, output: Type.Union([PostCard, Type.Null()]) },
    (question) => postCard(blog, people, question),
  )
  provideCounts(app, 'posts', {
    label: { en: 'Posts', ru: 'Записи' },
    order: 10,
    count: (ids) => publishedBy(blog, ids),
  })
  app.provide('blog.draft', { input: DraftOrder, output: DraftPlace }, (order) =>
    beginDraft(blog, people, order),
  )
  app.provide(
    'blog.latest',
    { input: LatestQuestion, output: Type.Array(PostSummarySchema) },
    async ({ limit }) => {
      const { items } = await listPosts(blog.db.reader, {}, limit)
      const authors = await people.withIds(items.map(({ author_id }) => author_id))
      return items.flatMap((post) => {
        const author = authors.get(post.author_id)
        return author ? [listedSummary(post, author.username)] : []
      })
    },
  )
}

/** What is a draft is nobody else's business, not even as a number. */
async function publishedBy({ db }: Blog, ids: readonly string[]): Promise<Record<string, number>> {
  if (ids.length === 0) return {}
  const rows = await db.reader
    .selectFrom('blog_posts')
    .select(({ fn }) => ['author_id', fn.countAll().as('count')])
    .where('author_id', 'in', ids)
    .where('status', '=', 'published')
    .groupBy('author_id')
    .execute()
  return Object.fromEntries(rows.map(({ author_id, count }) => [author_id, Number(count)]))
}

async function publicPost(blog: Blog, people: People, id: string): Promise<PublicPost | null> {
  const post = await blog.db.reader
    .selectFrom('blog_posts')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!post || !canRead(null, post)) return null
  const author = await people.withId(post.author_id)
  if (!author) return null
  const { html } = await currentReading(blog.db, blog.media, post)
  return {
    id,
    authorId: post.author_id,
    username: author.username,
    slug: post.slug,
    url: postPath(author.username, post.slug),
    title: post.title,
    lang: post.lang,
    tags: tagsOf(post).map(({ name }) => name),
    excerpt: post.excerpt,
    content: plainText(await currentDoc(blog.db.reader, post)),
    html,
    words: post.words,
    publishedAt: post.published_at ?? post.created_at,
    updatedAt: post.updated_at,
  }
}

/** `/user/anna/blog/first-words` */
const PLACE = /^\/user\/([^/]+)\/blog\/([^/]+)$/

async function postCard(
  blog: Blog,
  people: People,
  { id, path = '' }: QuarkCalls['blog.card']['input'],
): Promise<PostCard | null> {
  const [, username, slug] = PLACE.exec(path) ?? []
  const owner = username === undefined ? null : await people.named(decoded(username))
  if (id === undefined && !owner) return null
  const post = await blog.db.reader
    .selectFrom('blog_posts')
    .select(LISTED_COLUMNS)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .$if(owner !== null, (query) =>
      query.where('author_id', '=', owner?.id ?? '').where('slug', '=', decoded(slug ?? '')),
    )
    .where('listed_at', 'is not', null)
    .$narrowType<{ listed_at: string }>()
    .executeTakeFirst()
  if (!post) return null
  const author = await people.withId(post.author_id)
  if (!author) return null
  const { href: url, title, excerpt = '', image, publishedAt } = listedPost(post, author, false)
  /* A picture of elsewhere is not fetched by whoever looks at the card. */
  const cover = image?.src.startsWith('/') ? image.src : null
  return { id: post.id, authorId: author.id, url, title, excerpt, cover, publishedAt }
}

/** @throws QL_BLOG_BLOG_NOT_FOUND, QL_BLOG_DOCUMENT */
async function beginDraft(
  blog: Blog,
  people: People,
  { authorId, markdown }: QuarkCalls['blog.draft']['input'],
): Promise<QuarkCalls['blog.draft']['output']> {
  const author = await people.withId(authorId)
  if (!author) throw blogErrors.QL_BLOG_BLOG_NOT_FOUND()
  const { post } = await createPost(blog, author, { title: '', content: { markdown } })
  return { id: post.id, path: editPath(post.id) }
}

/** What is no proper address names nobody. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
