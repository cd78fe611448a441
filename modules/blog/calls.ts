import { type App, Type } from '#core'
import { postPath } from './announcement.ts'
import { plainText } from './document/index.ts'
import { listPosts } from './lists.ts'
import type { People } from './people.ts'
import { canRead } from './policy.ts'
import { type Blog, currentDoc } from './posts.ts'
import { listedSummary, tagsOf } from './present.ts'
import { currentReading } from './reading.ts'
import { LatestQuestion, PostQuestion, PostSummarySchema, PublicPost } from './schema.ts'

/** What other modules may ask. Nobody learns more here than a stranger reads. */
export function bindCalls(app: App, blog: Blog, people: People): void {
  app.provide(
    'blog.post',
    { input: PostQuestion, output: Type.Union([PublicPost, Type.Null()]) },
    ({ id }) => publicPost(blog, people, id),
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
